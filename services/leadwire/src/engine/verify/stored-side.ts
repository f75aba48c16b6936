import { dimensions } from "@leadwire/funnel";
import { generationDatabase, noBin, readSlices, rowsOf, StoreError } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { type SliceName, sliceKey, slicesByKey } from "./slice-text.ts";
import type { VerifyContext } from "./verify-context.ts";

/** Rows that a task has written, and which of them changed behind the cut. */
export interface StoredSide {
  readonly byKey: ReadonlyMap<string, string>;
  readonly moving: ReadonlySet<string>;
}

/** A task as its rows name it, and the offsets of its input behind the cut: a version in there was told since. */
export interface WriterCut {
  readonly origin: string;
  readonly partition: number;
  readonly from: number;
  readonly endOf: () => Promise<number>;
}

const ofWriter = "origin = {origin:String} AND partition = {partition:Int32}";
const behindCut = `${ofWriter} AND version >= {from:Int64} AND version < {end:Int64}`;

/** The slices of a task. What moves is asked for after the rows, so that it names all that changed among them. */
export const storedSlices = async (
  { store, generation, nowMs }: VerifyContext,
  cut: WriterCut,
): Promise<StoredSide> => {
  const { origin, partition, from, endOf } = cut;
  const slices = await readSlices(store, generation, { task: { origin, partition } })();
  if (isLeft(slices)) throw new StoreError(slices.left);
  const moved = await rowsOf(
    store,
    `SELECT DISTINCT measure, dimension, value, granularity, toUnixTimestamp64Milli(start), bin
     FROM ${generationDatabase(generation)}.slices WHERE ${behindCut}`,
    { origin, partition, from, end: await endOf() },
  );
  const moving = moved.map(([measure, dimension, value, granularity, startMs, bin]) =>
    sliceKey({
      measure: String(measure),
      dimension: String(dimension) as SliceName["dimension"],
      value: String(value),
      granularity: String(granularity) as SliceName["granularity"],
      startMs: Number(startMs),
      bin: Number(bin) === noBin ? null : Number(bin),
    }),
  );
  return { byKey: slicesByKey(slices.right, nowMs), moving: new Set(moving) };
};

const millisecondsOf = (column: string): string =>
  `if(${column} IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(${column})))`;

/** The facts of a task that stand. */
export const storedFacts = async ({ store, generation }: VerifyContext, cut: WriterCut): Promise<StoredSide> => {
  const { origin, partition, from, endOf } = cut;
  const table = `${generationDatabase(generation)}.facts_latest FINAL`;
  const rows = await rowsOf(
    store,
    `SELECT fact_id, kind, toUnixTimestamp64Milli(at), outcome, count, amount_minor, cost_minor, units, duration_ms, bin,
       business_ms, business_bin, ${millisecondsOf("due_at")}, term_months, ${millisecondsOf("cohort_at")},
       lead_id, deal_id, account_id, subject, period, ${dimensions.join(", ")}
     FROM ${table} WHERE present = 1 AND ${ofWriter}`,
    { origin, partition },
  );
  const behind = { origin, partition, from, end: await endOf() };
  const moved = await rowsOf(store, `SELECT fact_id FROM ${table} WHERE ${behindCut}`, behind);
  return {
    byKey: new Map(
      rows.map(([id, _kind, atMs, ...rest]) => [
        String(id),
        [new Date(Number(atMs)).toISOString(), ...rest].join(" | "),
      ]),
    ),
    moving: new Set(moved.map(([id]) => String(id))),
  };
};
