import { derivedRegistry } from "@leadwire/events";
import {
  type Dimension,
  dimensions,
  type FactChange,
  type FactKind,
  type FactOutcome,
  factKinds,
  factOutcomes,
  type LiveFact,
  missing,
  type Name,
} from "@leadwire/funnel";
import { binOf } from "@leadwire/kpis";
import type { TextTable } from "../state/text-table.ts";
import { AvroReader } from "./avro-reader.ts";
import { AvroWriter } from "./avro-writer.ts";
import { readFrame, writeFrame } from "./frame.ts";
import { type Origin, origins } from "./origin.ts";

/** Bytes somewhere else: an id in the history, a key in a record. */
export interface Span {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly length: number;
}

/** What a fact's record says beside the fact. */
export interface FactContext {
  readonly origin: Origin;
  readonly partition: number;
  readonly version: number;
  readonly appendTimeMs: number;
  /** The event that caused the change. */
  readonly cause: Span;
  readonly causeSource: Name;
  /** The event that the fact is born of. */
  readonly birth: Span;
  readonly birthSource: Name;
  /** The entity's own id: the lead, or the account. */
  readonly entity: Span;
}

/** The account of a lead that states none: the lead itself. */
export const accountIsLead: Name = -1;

const schemaIdNow = derivedRegistry.idOf("fact-changed");
const kindBytes = factKinds.map((kind) => Buffer.from(kind));
const noSpan: Span = { bytes: Buffer.alloc(0), start: 0, length: 0 };

/** Encodes facts as `schemas/fact-changed.avsc` lays them out. The bytes of the last one stand in `writer`. */
export class FactEncoder {
  readonly writer = new AvroWriter();
  /** Where the last fact's id stands in the writer's buffer: the record's key. */
  idStart = 0;
  idEnd = 0;
  private readonly names: TextTable;
  private readonly ids: TextTable;

  constructor(names: TextTable, ids: TextTable) {
    this.names = names;
    this.ids = ids;
  }

  encode(fact: LiveFact, present: boolean, context: FactContext): void {
    const w = this.writer;
    w.reset();
    w.reserve(2048 + context.cause.length + context.birth.length + context.entity.length * 3);
    writeFrame(w, schemaIdNow);
    w.byte(context.origin * 2);
    w.long(context.partition);
    w.byte(present ? 1 : 0);
    w.long(context.version);
    w.long(context.appendTimeMs);
    this.name(context.causeSource);
    w.span(context.cause.bytes, context.cause.start, context.cause.length);
    this.factId(fact, context);
    w.byte(fact.kind * 2);
    w.long(fact.atMs);
    w.byte(fact.outcome * 2);
    w.long(fact.count);
    w.long(fact.amountMinor);
    w.optionalLong(fact.costMinor);
    w.double(fact.units);
    w.optionalLong(fact.durationMs);
    w.optionalLong(Number.isNaN(fact.durationMs) ? Number.NaN : binOf(fact.durationMs));
    w.optionalLong(fact.cohortAtMs);
    this.entities(fact, context);
    this.name(fact.owner);
    this.name(fact.team);
    this.name(fact.region);
    this.name(fact.channel);
    this.name(fact.campaign);
    this.name(fact.segment);
    this.name(fact.product);
    this.name(fact.pipeline);
    this.name(fact.stage);
  }

  private entities(fact: LiveFact, context: FactContext): void {
    const isFunnel = context.origin === origins.funnel;
    const { entity } = context;
    const lead = isFunnel ? entity : noSpan;
    this.writer.span(lead.bytes, lead.start, lead.length);
    const ofDeal = isFunnel && factKinds[fact.kind] !== undefined && isDealKind(fact.kind);
    this.id(fact.deal, ofDeal ? entity : noSpan);
    if (context.origin === origins.accounts) this.writer.span(entity.bytes, entity.start, entity.length);
    else
      this.id(
        fact.account === accountIsLead ? missing : fact.account,
        fact.account === accountIsLead ? entity : noSpan,
      );
  }

  /** An id of its own, or what stands for a missing one. */
  private id(id: Name, otherwise: Span): void {
    if (id === missing) this.writer.span(otherwise.bytes, otherwise.start, otherwise.length);
    else {
      const ids = this.ids;
      ids.locate(id);
      this.writer.reserve(ids.bytesLength + 1024);
      this.writer.span(ids.chunk, ids.start, ids.bytesLength);
    }
  }

  private factId(fact: LiveFact, context: FactContext): void {
    const w = this.writer;
    const kind = kindBytes[fact.kind] as Buffer;
    this.names.locate(context.birthSource);
    const source = this.names;
    const deal = fact.deal === missing ? noSpan : this.dealSpan(fact.deal);
    const ordinal = fact.ordinal;
    const digits = ordinal < 10 ? 1 : ordinal < 100 ? 2 : ordinal < 1000 ? 3 : 4;
    const dealLength = deal.length === 0 ? 0 : deal.length + 1;
    w.reserve(2048 + source.bytesLength + context.birth.length + deal.length);
    w.long(source.bytesLength + 1 + context.birth.length + 1 + kind.length + 1 + digits + dealLength);
    this.idStart = w.at;
    w.raw(source.chunk, source.start, source.bytesLength);
    w.byte(slash);
    w.raw(context.birth.bytes, context.birth.start, context.birth.length);
    w.byte(slash);
    w.raw(kind, 0, kind.length);
    w.byte(slash);
    for (let scale = 10 ** (digits - 1), rest = ordinal; scale >= 1; rest %= scale, scale /= 10) {
      w.byte(zero + Math.floor(rest / scale));
    }
    if (dealLength > 0) {
      w.byte(slash);
      w.raw(deal.bytes, deal.start, deal.length);
    }
    this.idEnd = w.at;
  }

  private dealSpan(deal: Name): Span {
    this.ids.locate(deal);
    return { bytes: this.ids.chunk, start: this.ids.start, length: this.ids.bytesLength };
  }

  private name(name: Name): void {
    const names = this.names;
    names.locate(name);
    this.writer.reserve(names.bytesLength + 512);
    this.writer.span(names.chunk, names.start, names.bytesLength);
  }
}

const slash = 47;
const zero = 48;
const isDealKind = (kind: number): boolean => kind >= 7 && kind <= 9;

/** A fact's change as it stands on the facts topic. */
export interface FactMessage extends FactChange {
  readonly origin: Origin;
  readonly partition: number;
}

const reader = new AvroReader();

/** The inverse of FactEncoder, for readers of the topic. Throws on bytes that this engine did not write. */
export const decodeFactChange = (bytes: Buffer, start: number, end: number): FactMessage => {
  const r = reader;
  r.reset(bytes, readFrame(bytes, start, end, schemaIdNow), end);
  const origin = r.long() as Origin;
  const partition = r.long();
  const present = r.boolean();
  const version = r.long();
  const appendTimeMs = r.long();
  const causeSource = r.text();
  const causeEventId = r.text();
  const factId = r.text();
  const kind = factKinds[r.long()] as FactKind;
  const atMs = r.long();
  const outcome = factOutcomes[r.long()] as FactOutcome;
  const fact = {
    factId,
    kind,
    atMs,
    outcome,
    count: r.long(),
    amountMinor: r.long(),
    costMinor: r.optionalLong(),
    units: r.double(),
    durationMs: r.optionalLong(),
    bin: r.optionalLong(),
    cohortAtMs: r.optionalLong(),
    leadId: r.text(),
    dealId: r.text(),
    accountId: r.text(),
    dimensions: readDimensions(r),
  };
  return { origin, partition, present, version, appendTimeMs, causeSource, causeEventId, fact };
};

const readDimensions = (r: AvroReader): Record<Dimension, string> => ({
  owner: r.text(),
  team: r.text(),
  region: r.text(),
  channel: r.text(),
  campaign: r.text(),
  segment: r.text(),
  product: r.text(),
  pipeline: r.text(),
  stage: r.text(),
});

/** The dimension columns stand in the order of `dimensions`: the reader above relies on it. */
if (dimensions.join() !== "owner,team,region,channel,campaign,segment,product,pipeline,stage")
  throw new Error("the fact codec and the list of dimensions differ");
