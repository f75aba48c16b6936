import { controlName } from "@leadwire/events";
import type { FactRecord } from "@leadwire/funnel";
import { dimensions } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import type { RecordCursor } from "@leadwire/log";
import { decodeFactChange, decodeSlice, isHeartbeat, originNames } from "@leadwire/stream";
import type { FactRow } from "./sim-clickhouse.ts";

/** What a fact says, without its version: for comparing. */
const factText = (fact: FactRecord): string =>
  [
    fact.atMs,
    fact.outcome,
    fact.count,
    fact.amountMinor,
    fact.costMinor,
    fact.units,
    fact.durationMs,
    fact.bin,
    fact.businessMs,
    fact.businessBin,
    fact.dueAtMs,
    fact.termMonths,
    fact.cohortAtMs,
    fact.leadId,
    fact.dealId,
    fact.accountId,
    fact.subject,
    fact.period,
    ...dimensions.map((dimension) => fact.dimensions[dimension]),
  ].join("|");

/** One record of a derived topic, read. */
export type DerivedRecord =
  | {
      readonly _tag: "Fact";
      readonly row: FactRow;
      readonly fact: FactRecord;
      readonly origin: string;
      /** Everything that is told, to be the same whenever it is told again. */
      readonly whole: string;
    }
  | { readonly _tag: "Slice"; readonly slice: SliceRecord }
  | { readonly _tag: "Other" };

const other: DerivedRecord = { _tag: "Other" };

export const readFact = (cursor: RecordCursor): DerivedRecord => {
  const { bytes, valueStart, valueEnd } = cursor;
  if (isHeartbeat(bytes, valueStart, valueEnd)) return other;
  const message = decodeFactChange(bytes, valueStart, valueEnd);
  const { fact, version, present, origin, partition, appendTimeMs, causeSource, causeEventId, isBackfill } = message;
  const text = factText(fact);
  const whole = [origin, partition, present, appendTimeMs, causeSource, causeEventId, isBackfill, text].join("|");
  return {
    _tag: "Fact",
    row: { id: `${originNames[origin]} ${fact.factId}`, version, isPresent: present, text },
    fact,
    origin: originNames[origin],
    whole,
  };
};

export const readSlice = (cursor: RecordCursor): DerivedRecord => {
  const { bytes, valueStart, valueEnd } = cursor;
  if (!isSlice(bytes, valueStart, valueEnd)) return other;
  return { _tag: "Slice", slice: decodeSlice(bytes, valueStart, valueEnd) };
};

/** Heartbeats and ledger lines share the metrics topic with slices, which come in one schema. */
const isSlice = (bytes: Buffer, start: number, end: number): boolean =>
  !isHeartbeat(bytes, start, end) && controlName(bytes, start, end) === undefined;
