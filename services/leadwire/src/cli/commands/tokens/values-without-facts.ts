import { isRight } from "fp-ts/lib/Either.js";
import { filterOf } from "../../../access/sql-grant.ts";
import type { SealingEngine } from "../../../http/engine-port.ts";

/** A text as ClickHouse reads one. */
const quoted = (text: string): string => `'${text.replace(/[\\']/gu, "\\$&")}'`;

/**
 * Of filters such as `team=North` those that no fact has by now: a slip of the hand, or a team that is still to come.
 * None where the facts cannot be asked, since a token can be made before there is anything.
 */
export const valuesWithoutFacts = async (
  engine: Pick<SealingEngine, "sql">,
  filters: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const missing: string[] = [];
  for (const filter of filters) {
    const [dimension = "", value = ""] = filterOf(filter) ?? [];
    const sql = `SELECT 1 AS found FROM facts WHERE toString(${dimension}) = ${quoted(value)} LIMIT 1`;
    const answer = await engine.sql(sql, "JSONEachRow");
    if (isRight(answer) && new TextDecoder().decode(answer.right).trim() === "") missing.push(filter);
  }
  return missing;
};
