import type { RecordSchema } from "@leadwire/events";
import type { Column } from "../model/table.ts";
import type { NativeBlock } from "../native-block.ts";
import { avroPlan } from "./avro-plan.ts";
import { AvroRows } from "./avro-rows.ts";
import { TableWriter } from "./table-writer.ts";

/** What a writer of records needs to know of their table. */
export interface RecordTable<Row extends ReadonlyArray<unknown>> {
  readonly table: string;
  readonly columns: ReadonlyArray<Column>;
  readonly write: (rows: NativeBlock, ...row: Row) => void;
  readonly schema: RecordSchema;
  /** What stands for null in a column that takes none. */
  readonly whenNull?: Readonly<Record<string, number>>;
}

/**
 * Rows that come as objects, or as the derived topics' records: the same bytes either way, a record several times
 * faster.
 */
export class RecordWriter<Row extends ReadonlyArray<unknown>> extends TableWriter<Row> {
  readonly #records: AvroRows;

  constructor({ table, columns, write, schema, whenNull }: RecordTable<Row>) {
    super(table, columns, write);
    this.#records = new AvroRows(this.rows, avroPlan(schema, this.rows, whenNull));
  }

  /** Adds the record whose Avro bytes stand there, without their frame. Throws on bytes that this engine did not write. */
  addRecord(bytes: Buffer, start: number, end: number): void {
    this.#records.add(bytes, start, end);
  }
}
