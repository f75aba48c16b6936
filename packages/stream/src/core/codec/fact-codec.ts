import { frameId } from "@leadwire/events";
import {
  type Dimension,
  dimensions,
  type FactChange,
  type FactKind,
  type FactOutcome,
  factKinds,
  factOutcomes,
} from "@leadwire/funnel";
import { AvroReader } from "./avro-reader.ts";
import { type DerivedIds, idsWithoutRegistry } from "./derived-ids.ts";
import { readFrame } from "./frame.ts";
import type { Origin } from "./origin.ts";

/** A fact's change as it stands on the facts topic. */
export interface FactMessage extends FactChange {
  readonly origin: Origin;
  readonly partition: number;
}

/** Where a fact's Avro bytes begin behind their frame. Throws when they are framed with another schema. */
export const factChangeStart = (
  bytes: Buffer,
  start: number,
  end: number,
  ids: DerivedIds = idsWithoutRegistry,
): number => readFrame(bytes, start, end, ids.fact);

/** Whether a fact's record is of the version before, which lacks the last field. */
export const isFormerFact = (bytes: Buffer, start: number, end: number, { fact }: DerivedIds): boolean => {
  const id = frameId(bytes, start, end);
  return id !== fact.own && id !== fact.derived;
};

const reader = new AvroReader();

/** What a fact's record says before the fact itself: for readers that look at many and need few. */
export class FactHead {
  origin: Origin = 0;
  partition = 0;
  version = 0;
  appendTimeMs = 0;
  causeSource = "";
  isBackfill = false;
  /** Its place in `factKinds`. */
  kind = 0;
}

/** Reads into `head`. Throws as decodeFactChange does. */
export const readFactHead = (bytes: Buffer, start: number, end: number, ids: DerivedIds, head: FactHead): void => {
  const r = reader;
  r.reset(bytes, factChangeStart(bytes, start, end, ids), end);
  head.origin = r.long() as Origin;
  head.partition = r.long();
  r.byte();
  head.version = r.long();
  head.appendTimeMs = r.long();
  head.causeSource = r.text();
  r.skipText();
  r.skipText();
  head.kind = r.long();
  // The last field, one byte.
  head.isBackfill = isFormerFact(bytes, start, end, ids) || bytes[end - 1] === 1;
};

/** The inverse of FactEncoder, for readers of the topic. Throws on bytes that this engine did not write. */
export const decodeFactChange = (
  bytes: Buffer,
  start: number,
  end: number,
  ids: DerivedIds = idsWithoutRegistry,
): FactMessage => {
  const r = reader;
  r.reset(bytes, factChangeStart(bytes, start, end, ids), end);
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
  const head = {
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
  const fact = {
    ...head,
    businessMs: r.optionalLong(),
    businessBin: r.optionalLong(),
    dueAtMs: r.optionalLong(),
    termMonths: r.optionalLong(),
    subject: r.text(),
    period: r.text(),
  };
  // Who wrote the version before did not say: taken for a backfill, it raises no alert about the past.
  const isBackfill = r.at === end || r.boolean();
  return { origin, partition, present, version, appendTimeMs, causeSource, causeEventId, isBackfill, fact };
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
