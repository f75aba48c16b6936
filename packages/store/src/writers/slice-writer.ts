import { currentSchemas } from "@leadwire/events";
import type { Granularity, SliceRecord } from "@leadwire/kpis";
import { generationDatabase } from "../model/database.ts";
import { noBin, slicesTable } from "../model/slice-table.ts";
import type { NativeBlock } from "../native-block.ts";
import { RecordWriter } from "./record-writer.ts";

const granularityIndex: Readonly<Record<Granularity, number>> = { minute: 0, hour: 1, day: 2 };

/** One row, in the order of slicesTable's columns. */
const writeSlice = (rows: NativeBlock, slice: SliceRecord): void => {
  rows.string(slice.measure);
  rows.string(slice.dimension);
  rows.string(slice.value);
  rows.uint8(granularityIndex[slice.granularity]);
  rows.int64(slice.startMs);
  rows.int32(slice.bin ?? noBin);
  rows.string(slice.origin);
  rows.int32(slice.partition);
  rows.int64(slice.version);
  rows.int64(slice.count);
  rows.int64(slice.sum);
};

export type SliceWriter = RecordWriter<[SliceRecord]>;

export const sliceWriter = (generation: string): SliceWriter =>
  new RecordWriter({
    table: `${generationDatabase(generation)}.${slicesTable.name}`,
    columns: slicesTable.columns,
    write: writeSlice,
    schema: currentSchemas["slice-updated"],
    whenNull: { bin: noBin },
  });
