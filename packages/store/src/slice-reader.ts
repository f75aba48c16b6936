import type { Granularity, SliceRecord } from "@leadwire/kpis";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { generationDatabase } from "./model/database.ts";
import { noBin, slicesTable } from "./model/slice-table.ts";
import type { Cell, Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

/** Which task's slices; all of them where not given. */
export interface SliceWriterName {
  readonly origin: string;
  readonly partition: number;
}

export interface SliceReading {
  readonly task?: SliceWriterName;
  /** Those too that are empty again: whoever follows the topic from here needs their versions, to know older ones by. */
  readonly withEmpty?: boolean;
}

const recordOf = (row: ReadonlyArray<Cell>): SliceRecord => {
  const [measure, dimension, value, granularity, startMs, bin, origin, partition, version, count, sum] = row;
  return {
    measure: String(measure),
    dimension: String(dimension) as SliceRecord["dimension"],
    value: String(value),
    granularity: String(granularity) as Granularity,
    startMs: Number(startMs),
    bin: Number(bin) === noBin ? null : Number(bin),
    origin: String(origin),
    partition: Number(partition),
    version: Number(version),
    count: Number(count),
    sum: Number(sum),
  };
};

const recordsOf = (rows: Iterable<ReadonlyArray<Cell>>): Iterable<SliceRecord> => ({
  *[Symbol.iterator]() {
    for (const row of rows) yield recordOf(row);
  },
});

/** The newest word on every slice of a generation: some hundred thousand, each made when taken. */
export const readSlices =
  (
    store: Store,
    generation: string,
    { task, withEmpty = false }: SliceReading = {},
  ): TaskEither<StoreFault, Iterable<SliceRecord>> =>
  async (): Promise<Either<StoreFault, Iterable<SliceRecord>>> => {
    const ofTask = task === undefined ? "" : "WHERE origin = {origin:String} AND partition = {partition:Int32}";
    const rows = await store.scan(
      `SELECT measure, dimension, value, granularity, toUnixTimestamp64Milli(start), bin, origin, partition,
         max(version) AS newest, argMax(count, version) AS c, argMax(sum, version) AS s
       FROM ${generationDatabase(generation)}.${slicesTable.name} ${ofTask}
       GROUP BY measure, dimension, value, granularity, start, bin, origin, partition ${withEmpty ? "" : "HAVING c != 0 OR s != 0"}`,
      task === undefined ? {} : { parameters: { origin: task.origin, partition: task.partition } },
    )();
    return isLeft(rows) ? rows : right(recordsOf(rows.right));
  };
