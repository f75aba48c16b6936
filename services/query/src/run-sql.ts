import type { Store } from "@leadwire/store";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { type Gate, openGate } from "./gate/judge.ts";
import { type Judgement, judgementOf } from "./gate/judgement.ts";
import type { OutputFormat } from "./output-format.ts";

export interface SqlOptions {
  /** Where the statement names none. */
  readonly format?: OutputFormat;
  /** Rows a table for people shows; the other formats give all, up to the analyst's limit. */
  readonly maxRows?: number;
  readonly signal?: AbortSignal;
}

/** Why a statement has no answer, in words for the one who asked. */
export type SqlFault = Pick<Judgement, "_tag" | "message">;

const defaultRowsMax = 10_000;

/** A store has one gate, which remembers what passed. */
const gates = new WeakMap<Store, Gate>();

const gateOf = (store: Store): Gate => {
  const gate = gates.get(store) ?? openGate(store);
  gates.set(store, gate);
  return gate;
};

/** Runs one statement that reads, as the analyst, and gives the answer as ClickHouse formats it. */
export const runSql =
  (store: Store, sql: string, options: SqlOptions = {}): TaskEither<SqlFault, Buffer> =>
  async () => {
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const judged = await gateOf(store).judge(sql, signal)();
    if (isLeft(judged)) return judged;
    const answer = await store.query(judged.right.statement, {
      as: "analyst",
      format: options.format ?? "PrettyCompactMonoBlock",
      settings: { output_format_pretty_max_rows: options.maxRows ?? defaultRowsMax },
      ...signal,
    })();
    return isLeft(answer) ? left(judgementOf(answer.left)) : right(answer.right);
  };
