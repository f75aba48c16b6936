import type { QuarantinedRecord } from "@leadwire/events";
import { logDatabase } from "../model/database.ts";
import { quarantineTable } from "../model/quarantine-table.ts";
import type { NativeBlock } from "../native-block.ts";
import { TableWriter } from "./table-writer.ts";

/** One row, in the order of quarantineTable's columns. */
const writeQuarantined = (rows: NativeBlock, record: QuarantinedRecord, appendTimeMs: number): void => {
  rows.string(record.id);
  rows.string(record.source_system);
  rows.string(record.origin);
  rows.nullableInt32(record.partition);
  rows.int64(record.position);
  rows.string(record.reason);
  rows.string(record.detail);
  rows.bytes(record.bytes);
  rows.nullableInt64(record.appended_at);
  rows.int64(appendTimeMs);
};

export type QuarantineWriter = TableWriter<[QuarantinedRecord, number]>;

/** Rows of the quarantine table. */
export const quarantineWriter = (): QuarantineWriter =>
  new TableWriter(`${logDatabase}.${quarantineTable.name}`, quarantineTable.columns, writeQuarantined);
