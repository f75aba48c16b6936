import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Column } from "../model/table.ts";
import { RowBinary } from "../row-binary.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";

/** Rows of one table on their way: gathered here, then inserted as one statement. */
export class TableWriter<Row extends ReadonlyArray<unknown>> {
  readonly #table: string;
  readonly #columns: ReadonlyArray<string>;
  readonly #write: (rows: RowBinary, ...row: Row) => void;
  readonly #rows = new RowBinary();
  #rowCount = 0;

  constructor(table: string, columns: ReadonlyArray<Column>, write: (rows: RowBinary, ...row: Row) => void) {
    this.#table = table;
    this.#columns = columns.map(({ name }) => name);
    this.#write = write;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get byteLength(): number {
    return this.#rows.byteLength;
  }

  add(...row: Row): void {
    this.#write(this.#rows, ...row);
    this.#rowCount += 1;
  }

  /** Inserts what was added; the rows stay until `clear`, so that it can be tried again. */
  insert(store: Store): TaskEither<StoreFault, void> {
    return store.insertRowBinary(this.#table, this.#columns, this.#rows.view());
  }

  clear(): void {
    this.#rows.clear();
    this.#rowCount = 0;
  }
}
