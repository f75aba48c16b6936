import type { PartialQuery } from "../evaluate/partial.ts";
import { integerOf } from "./integer-of.ts";
import { conditionsOf, type SqlText, summedColumn } from "./partial-sql.ts";

/**
 * How many facts of a query have a value up to each edge and beyond the one before it, and how many beyond the last: one
 * row of as many columns as edges and one more. Edges are whole numbers in the unit of the facts (milliseconds).
 */
export const bandSql = (query: PartialQuery, edges: ReadonlyArray<number>, facts = "leadwire.facts"): SqlText => {
  const { sql, params } = conditionsOf(query);
  const value = summedColumn(query.measure);
  const bounds = [...edges, undefined].map((to, index) => {
    const from = edges[index - 1];
    const within = [
      ...(from === undefined ? [] : [`${value} > ${from}`]),
      ...(to === undefined ? [] : [`${value} <= ${to}`]),
    ];
    return `toInt64(sumIf(count, ${within.join(" AND ")})) AS ${to === undefined ? "beyond" : `up_to_${to}`}`;
  });
  return { sql: `SELECT ${bounds.join(",\n  ")}\nFROM ${facts}\nWHERE ${sql}`, params };
};

/** Reads the row of `bandSql`. Throws a TypeError where it has another shape. */
export const bandsOfRows = (rows: ReadonlyArray<ReadonlyArray<unknown>>): ReadonlyArray<number> =>
  (rows[0] ?? []).map((cell) => Number(integerOf(cell)));
