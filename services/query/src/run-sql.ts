import type { Store, StoreFault } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { OutputFormat } from "./output-format.ts";
import { gateRefusal } from "./sql-gate.ts";

export interface SqlOptions {
  /** Where the statement names none. */
  readonly format?: OutputFormat;
  /** Rows a table for people shows; the other formats give all, up to the analyst's limit. */
  readonly maxRows?: number;
  readonly signal?: AbortSignal;
}

export type SqlFault =
  /** The statement is not allowed, or not one statement. */
  | { readonly _tag: "Refused"; readonly message: string }
  /** ClickHouse could not run it: an unknown column, a limit reached. */
  | { readonly _tag: "Failed"; readonly message: string }
  | { readonly _tag: "Unavailable"; readonly message: string };

/** What to do about the errors that people meet most. */
const hints: Readonly<Record<string, string>> = {
  UNKNOWN_TABLE: "npx leadwire sql --schema lists the views.",
  UNKNOWN_IDENTIFIER: "npx leadwire sql --schema lists the columns.",
  ACCESS_DENIED: "Only the views can be read: npx leadwire sql --schema lists them.",
  TIMEOUT_EXCEEDED: "Narrow the time range, or ask for less at once.",
  TOO_MANY_ROWS_OR_BYTES: "Add a LIMIT, or aggregate.",
};

const multiStatement = /Multi-statements are not allowed/;

/** The words of ClickHouse that help, without the query's scope, which may be long. */
const messageOf = (detail: string, name: string): string => {
  const plain = detail.replace(/ in scope .*?\. (?=Maybe you meant)/, ". ").replace(/ in scope .*$/, ".");
  const hint = hints[name];
  return hint === undefined ? plain : `${plain} ${hint}`;
};

const sqlFault = (fault: StoreFault): SqlFault => {
  switch (fault._tag) {
    case "Unavailable":
      return { _tag: "Unavailable", message: `ClickHouse does not answer: ${fault.detail}. Try again.` };
    case "Overloaded":
      return {
        _tag: "Failed",
        message: `The query needs more than it may use: ${fault.detail} Ask for less at once.`,
      };
    case "Rejected":
      return multiStatement.test(fault.detail)
        ? { _tag: "Refused", message: "One statement at a time: remove what follows the first semicolon." }
        : { _tag: "Failed", message: messageOf(fault.detail, fault.name) };
  }
};

/** A statement may end with a semicolon; the comment keeps a trailing `--` comment from hiding what is put in front. */
const trimmed = (sql: string): string => sql.trim().replace(/(?:;\s*)+$/, "");

const pass = async (store: Store, sql: string): Promise<Either<SqlFault, void>> => {
  const tree = await store.rows(`EXPLAIN AST ${sql}`, { as: "analyst" })();
  if (isLeft(tree)) return left(sqlFault(tree.left));
  const refusal = gateRefusal(tree.right.map(([line]) => String(line)));
  return refusal === undefined ? right(undefined) : left({ _tag: "Refused", message: `Not allowed: ${refusal}.` });
};

const defaultRowsMax = 10_000;

/** Runs one statement that reads, as the analyst, and gives the answer as ClickHouse formats it. */
export const runSql =
  (store: Store, sql: string, options: SqlOptions = {}): TaskEither<SqlFault, Buffer> =>
  async () => {
    const statement = trimmed(sql);
    if (statement === "")
      return left({ _tag: "Refused", message: 'There is no statement: npx leadwire sql "SELECT 1".' });
    const passed = await pass(store, statement);
    if (isLeft(passed)) return passed;
    const answer = await store.query(statement, {
      as: "analyst",
      format: options.format ?? "PrettyCompactMonoBlock",
      settings: { output_format_pretty_max_rows: options.maxRows ?? defaultRowsMax },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })();
    return isLeft(answer) ? left(sqlFault(answer.left)) : right(answer.right);
  };
