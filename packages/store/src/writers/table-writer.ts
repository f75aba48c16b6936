import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Column } from "../model/table.ts";
import { NativeBlock } from "../native-block.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";

/** Rows of one table on their way: gathered here, then inserted as one statement. */
export class TableWriter<Row extends ReadonlyArray<unknown>> {
  readonly #table: string;
  readonly #write: (rows: NativeBlock, ...row: Row) => void;
  protected readonly rows: NativeBlock;

  constructor(table: string, columns: ReadonlyArray<Column>, write: (rows: NativeBlock, ...row: Row) => void) {
    this.#table = table;
    this.#write = write;
    this.rows = new NativeBlock(columns);
  }

  get rowCount(): number {
    return this.rows.rowCount;
  }

  get byteLength(): number {
    return this.rows.byteLength;
  }

  add(...row: Row): void {
    this.#write(this.rows, ...row);
    this.rows.endRow();
  }

  /** Inserts what was added; the rows stay until `clear`, so that it can be tried again. */
  insert(store: Store, signal?: AbortSignal): TaskEither<StoreFault, void> {
    return store.insertNative(this.#table, this.rows.columnNames(), this.rows.pieces(), signal);
  }

  clear(): void {
    this.rows.clear();
  }
}
