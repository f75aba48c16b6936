import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { StoreLayout } from "./model/layout.ts";
import type { ReaderDoor } from "./reader.ts";
import type { StoreFault } from "./store-fault.ts";
import type { StoreUser } from "./store-user.ts";

/** Values for the placeholders `{name:Type}` of a statement; a bigint goes where 53 bits are too few. */
export type SqlParameters = Readonly<
  Record<string, string | number | bigint | boolean | null | ReadonlyArray<string | number>>
>;

export interface QueryOptions {
  readonly parameters?: SqlParameters;
  /** ClickHouse's name of the output format; without one the statement's own, else TabSeparated. */
  readonly format?: string;
  readonly as?: StoreUser;
  /** Settings of ClickHouse; an analyst may change only those its profile lets it. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly signal?: AbortSignal;
}

/** A value as ClickHouse's JSONCompactEachRow writes it; 64-bit integers and wider come as strings. */
export type Cell = string | number | boolean | null | ReadonlyArray<Cell>;

/** ClickHouse, embedded or a server or a cluster: the same over HTTP. */
export interface Store {
  readonly layout: StoreLayout;
  /** Who may ask in SQL. */
  readonly readers: ReaderDoor;
  /** The whole answer as bytes, in the format asked for. */
  readonly query: (sql: string, options?: QueryOptions) => TaskEither<StoreFault, Buffer>;
  /** The answer's rows; a statement without a FORMAT of its own. */
  readonly rows: (
    sql: string,
    options?: Omit<QueryOptions, "format">,
  ) => TaskEither<StoreFault, ReadonlyArray<ReadonlyArray<Cell>>>;
  /**
   * As rows, for an answer of many megabytes: a row is parsed when it is taken, some hundred at a time, so that whoever
   * takes them can give others a turn, and the memory of those taken back. May be gone through again.
   */
  readonly scan: (
    sql: string,
    options?: Omit<QueryOptions, "format">,
  ) => TaskEither<StoreFault, Iterable<ReadonlyArray<Cell>>>;
  /** A statement without an answer: DDL, SYSTEM, INSERT … SELECT. */
  readonly command: (sql: string, parameters?: SqlParameters) => TaskEither<StoreFault, void>;
  /** A block in the Native format, in pieces; answered when it is in the table (and synced where the table says so). */
  readonly insertNative: (
    table: string,
    columns: ReadonlyArray<string>,
    block: ReadonlyArray<Uint8Array>,
    signal?: AbortSignal,
  ) => TaskEither<StoreFault, void>;
  readonly close: () => Promise<void>;
}
