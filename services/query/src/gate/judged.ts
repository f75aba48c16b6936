import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Judgement } from "./judgement.ts";

/** A statement that may go on to ClickHouse. */
export interface Judged {
  /** As the one who asks wrote it, without the semicolon behind it. */
  readonly statement: string;
  /** False for EXPLAIN, DESCRIBE, SHOW, EXISTS and USE. */
  readonly isSelect: boolean;
  /** Of FORMAT in the statement. */
  readonly format: string | undefined;
  /** Tables, views and table functions that are read, as written. */
  readonly tables: ReadonlyArray<string>;
}

/** What a statement needs to be understood. */
export interface JudgeOptions {
  /** Name and value as in the address of a request (`param_x`): an `{x:Identifier}` may stand for a table. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where a table is looked for that names none; `leadwire` where not given. */
  readonly database?: string;
  /** Whether who asks sees some rows only: then nothing may tell how many there are in all. */
  readonly someRows?: boolean;
  readonly signal?: AbortSignal;
}

/** The second wall around SQL. */
export interface Gate {
  readonly judge: (sql: string, options?: JudgeOptions) => TaskEither<Judgement, Judged>;
}
