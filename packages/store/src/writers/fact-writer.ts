import { currentSchemas } from "@leadwire/events";
import { dimensions, type FactChange, factKinds, factOutcomes } from "@leadwire/funnel";
import { generationDatabase } from "../model/database.ts";
import { factHistoryTable } from "../model/fact-tables.ts";
import type { NativeBlock } from "../native-block.ts";
import { RecordWriter } from "./record-writer.ts";

const indexOf = (names: ReadonlyArray<string>): ReadonlyMap<string, number> =>
  new Map(names.map((name, index) => [name, index]));
const kindIndex = indexOf(factKinds);
const outcomeIndex = indexOf(factOutcomes);

const known = (indexes: ReadonlyMap<string, number>, name: string): number => {
  const index = indexes.get(name);
  if (index === undefined) throw new Error(`"${name}" has no place in ${[...indexes.keys()].join(", ")}`);
  return index;
};

/** One row, in the order of factColumns and causeColumns; origin and partition name the task that made the change. */
const writeFactChange = (rows: NativeBlock, change: FactChange, origin: string, partition: number): void => {
  const { fact } = change;
  rows.string(fact.factId);
  rows.uint8(known(kindIndex, fact.kind));
  rows.int64(fact.atMs);
  rows.uint8(known(outcomeIndex, fact.outcome));
  rows.int64(fact.count);
  rows.int64(fact.amountMinor);
  rows.nullableInt64(fact.costMinor);
  rows.float64(fact.units);
  rows.nullableInt64(fact.durationMs);
  rows.nullableInt32(fact.bin);
  rows.nullableInt64(fact.businessMs);
  rows.nullableInt32(fact.businessBin);
  rows.nullableInt64(fact.dueAtMs);
  rows.nullableInt32(fact.termMonths);
  rows.nullableInt64(fact.cohortAtMs);
  rows.string(fact.leadId);
  rows.string(fact.dealId);
  rows.string(fact.accountId);
  rows.string(fact.subject);
  rows.string(fact.period);
  for (const dimension of dimensions) rows.string(fact.dimensions[dimension]);
  rows.uint8(change.present ? 1 : 0);
  rows.string(origin);
  rows.int32(partition);
  rows.int64(change.version);
  rows.int64(change.appendTimeMs);
  rows.string(change.causeSource);
  rows.string(change.causeEventId);
  rows.uint8(change.isBackfill ? 1 : 0);
};

export type FactWriter = RecordWriter<[change: FactChange, origin: string, partition: number]>;

export const factWriter = (generation: string): FactWriter =>
  new RecordWriter({
    table: `${generationDatabase(generation)}.${factHistoryTable.name}`,
    columns: factHistoryTable.columns,
    write: writeFactChange,
    schema: currentSchemas["fact-changed"],
  });
