import { factKinds, Kind, type LiveFact, missing, type Name } from "@leadwire/funnel";
import { binOf } from "@leadwire/kpis";
import { viewOf } from "@leadwire/log";
import { dimensionOf } from "../slices/series-table.ts";
import type { TextTable } from "../state/text-table.ts";
import { AvroWriter } from "./avro-writer.ts";
import { writeFrame } from "./frame.ts";
import { type Origin, origins } from "./origin.ts";
import { noSpan, Span } from "./span.ts";

/** What a fact's record says beside the fact. One instance a task, filled anew for each record. */
export class FactContext {
  readonly origin: Origin;
  readonly partition: number;
  version = 0;
  appendTimeMs = 0;
  /** The event that caused the change. */
  readonly cause: Span = new Span();
  causeSource: Name = missing;
  /** Whether that record came with a backfill id. */
  isBackfill = false;
  /** The event that the fact is born of. */
  readonly birth: Span = new Span();
  birthSource: Name = missing;
  /** The entity's own id: the lead, or the account. */
  readonly entity: Span = new Span();

  constructor(origin: Origin, partition: number) {
    this.origin = origin;
    this.partition = partition;
  }
}

/** The account of a lead that states none: the lead itself. */
export const accountIsLead: Name = -1;

const kindViews = factKinds.map((kind) => viewOf(Buffer.from(`/${kind}/`)));
const numbersBytesMax = 256;
const slash = 47;
const zero = 48;
/** Facts that tell of a deal, also where that is the lead itself. */
export const isDealKind = (kind: number): boolean =>
  kind === Kind.dealPipeline ||
  kind === Kind.dealClosed ||
  kind === Kind.sale ||
  kind === Kind.stageEntered ||
  kind === Kind.stageLeft ||
  kind === Kind.wonStageTime ||
  kind === Kind.contract;

/** The bin a fact states, else its duration's; NaN where it has neither. */
export const binOfFact = (fact: LiveFact): number =>
  Number.isNaN(fact.bin) && !Number.isNaN(fact.durationMs) ? binOf(fact.durationMs) : fact.bin;

/** Encodes facts as `schemas/fact-changed.avsc` lays them out. The bytes of the last one stand in `writer`. */
export class FactEncoder {
  readonly writer = new AvroWriter();
  /** Where the last fact's id stands in the writer's buffer: the record's key. */
  idStart = 0;
  idEnd = 0;
  private readonly schemaId: number;
  private readonly context: FactContext;
  private readonly names: TextTable;
  private readonly ids: TextTable;
  private readonly deal = new Span();
  /** The eight dimensions of the last fact, encoded: facts of one lead come in a row and mostly share them. */
  private readonly shared = new AvroWriter();
  private readonly sharedNames = new Int32Array(8).fill(-1);
  /** Up to where the writer's bytes tell of the record that causes the facts; 0: of none yet. */
  private headEnd = 0;
  private presentAt = 0;

  /** `schemaId` is what stands on the records for `fact-changed`. */
  constructor(context: FactContext, names: TextTable, ids: TextTable, schemaId: number) {
    this.schemaId = schemaId;
    this.context = context;
    this.names = names;
    this.ids = ids;
  }

  /** To be called for each record: what its facts say of it is encoded once. */
  begin(): void {
    this.headEnd = 0;
  }

  encode(fact: LiveFact, present: boolean): void {
    const { writer: w } = this;
    w.reset();
    if (this.headEnd === 0) this.head();
    else w.at = this.headEnd;
    w.buffer[this.presentAt] = present ? 1 : 0;
    this.factId(fact);
    this.numbers(fact);
    this.entities(fact);
    this.dimensions(fact);
    this.name(w, fact.stage);
    this.extras(fact);
  }

  private head(): void {
    const { writer: w, context } = this;
    w.reserve(numbersBytesMax);
    writeFrame(w, this.schemaId);
    w.byte(context.origin * 2);
    w.long(context.partition);
    this.presentAt = w.at;
    w.byte(0);
    w.long(context.version);
    w.long(context.appendTimeMs);
    this.name(w, context.causeSource);
    w.span(context.cause);
    this.headEnd = w.at;
  }

  /** What few kinds have: one byte each where they have none. */
  private extras(fact: LiveFact): void {
    const w = this.writer;
    w.reserve(numbersBytesMax);
    w.optionalLong(fact.businessMs);
    w.optionalLong(Number.isNaN(fact.businessMs) ? Number.NaN : binOf(fact.businessMs));
    w.optionalLong(fact.dueAtMs);
    w.optionalLong(fact.termMonths);
    if (fact.subject === missing) w.byte(0);
    else this.name(w, fact.subject);
    if (fact.period === missing) w.byte(0);
    else this.name(w, fact.period);
    w.byte(this.context.isBackfill ? 1 : 0);
  }

  private numbers(fact: LiveFact): void {
    const w = this.writer;
    w.reserve(numbersBytesMax);
    w.byte(fact.kind * 2);
    w.long(fact.atMs);
    w.byte(fact.outcome * 2);
    w.long(fact.count);
    w.long(fact.amountMinor);
    w.optionalLong(fact.costMinor);
    w.double(fact.units);
    w.optionalLong(fact.durationMs);
    w.optionalLong(binOfFact(fact));
    w.optionalLong(fact.cohortAtMs);
  }

  private entities(fact: LiveFact): void {
    const { origin, entity } = this.context;
    const ofLead = origin === origins.funnel;
    this.writer.span(ofLead ? entity : noSpan);
    this.id(fact.deal, ofLead && isDealKind(fact.kind) ? entity : noSpan);
    if (origin === origins.accounts) this.writer.span(entity);
    else if (fact.account === accountIsLead) this.writer.span(entity);
    else this.id(fact.account, noSpan);
  }

  /** An id of its own, or what stands for a missing one. */
  private id(id: Name, otherwise: Span): void {
    if (id === missing) this.writer.span(otherwise);
    else {
      this.ids.locate(id);
      this.writer.raw(this.ids.view, this.ids.avroStart, this.ids.avroLength);
    }
  }

  /** `source/event/kind/ordinal`, then the deal where the fact has one of its own, then the account of an active customer. */
  private factId(fact: LiveFact): void {
    const { writer: w, names, deal } = this;
    const { birth, birthSource, entity } = this.context;
    const kind = kindViews[fact.kind] as DataView;
    names.locate(birthSource);
    if (fact.deal !== missing) this.ids.spanOf(fact.deal, deal);
    const dealBytes = fact.deal === missing ? 0 : deal.length + 1;
    // A win may turn out to be another account's, whose partition has versions of its own: the id tells them apart.
    const account = fact.kind === Kind.customerActive ? entity : noSpan;
    const accountBytes = account.length === 0 ? 0 : account.length + 1;
    const { ordinal } = fact;
    const digits = ordinal < 10 ? 1 : `${ordinal}`.length;
    w.long(names.bytesLength + 1 + birth.length + kind.byteLength + digits + dealBytes + accountBytes);
    this.idStart = w.at;
    w.raw(names.view, names.start, names.bytesLength);
    w.byte(slash);
    w.raw(birth.view, birth.start, birth.length);
    w.raw(kind, 0, kind.byteLength);
    for (let scale = 10 ** (digits - 1), rest = ordinal; scale >= 1; rest %= scale, scale /= 10) {
      w.byte(zero + Math.floor(rest / scale));
    }
    if (dealBytes > 0) {
      w.byte(slash);
      w.raw(deal.view, deal.start, deal.length);
    }
    if (accountBytes > 0) {
      w.byte(slash);
      w.raw(account.view, account.start, account.length);
    }
    this.idEnd = w.at;
  }

  private dimensions(fact: LiveFact): void {
    const { shared, sharedNames: last } = this;
    const same =
      last[0] === fact.owner &&
      last[1] === fact.team &&
      last[2] === fact.region &&
      last[3] === fact.channel &&
      last[4] === fact.campaign &&
      last[5] === fact.segment &&
      last[6] === fact.product &&
      last[7] === fact.pipeline;
    if (!same) {
      shared.reset();
      for (let n = 0; n < last.length; n += 1) {
        const name = dimensionOf(fact, n);
        last[n] = name;
        this.name(shared, name);
      }
    }
    this.writer.raw(shared.view, 0, shared.at);
  }

  private name(w: AvroWriter, name: Name): void {
    const names = this.names;
    names.locate(name);
    w.raw(names.view, names.avroStart, names.avroLength);
  }
}
