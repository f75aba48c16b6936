import { instantParam } from "../sql/instant-param.ts";
import type { SqlText } from "../sql/partial-sql.ts";
import { byColumns, type ReportScope, whereConditions, whereParams } from "./report-scope.ts";

/** Movements by local day and kind; those before the first period in one row of day -1,000,000. */
export const movementsSql = (
  { by, where, facts }: ReportScope,
  fromMs: number,
  toMs: number,
  timeZone: string,
): SqlText => {
  const day = `if(at < ${instantParam("from")}, toInt32(-1000000), toInt32(toDate32(at, {zone:String})))`;
  const columns = `${byColumns(by)}day, outcome`;
  return {
    sql: `SELECT ${columns}, toInt64(sum(amount_minor)), toInt64(sum(count)), toInt64(count())
FROM (SELECT *, ${day} AS day FROM ${facts("mrr_moved")} WHERE ${["kind = 'mrr_moved'", `at < ${instantParam("to")}`, ...whereConditions(where)].join(" AND ")})
GROUP BY ${columns}`,
    params: { from: fromMs, to: toMs, zone: timeZone, ...whereParams(where) },
  };
};

/** The instant of the first movement; the epoch where there is none. */
export const firstMovementSql = ({ where, facts }: ReportScope): SqlText => ({
  sql: `SELECT toUnixTimestamp64Milli(min(at)) FROM ${facts("mrr_moved")} WHERE ${["kind = 'mrr_moved'", ...whereConditions(where)].join(" AND ")}`,
  params: whereParams(where),
});

/** Each group's level at each period's end, read without asking what moved it. */
export const movementLevelsSql = ({ by, where, facts }: ReportScope, ends: ReadonlyArray<number>): SqlText => {
  const columns = byColumns(by);
  const levels = ends
    .map((_, index) => `toInt64(sumIf(amount_minor, at < ${instantParam(`end_${index}`)}))`)
    .join(", ");
  const grouped = columns === "" ? "" : `\nGROUP BY ${columns.slice(0, -2)}`;
  return {
    sql: `SELECT ${columns}[${levels}]\nFROM ${facts("mrr_moved")}\nWHERE ${["kind = 'mrr_moved'", ...whereConditions(where)].join(" AND ")}${grouped}`,
    params: { ...Object.fromEntries(ends.map((ms, index) => [`end_${index}`, ms])), ...whereParams(where) },
  };
};
