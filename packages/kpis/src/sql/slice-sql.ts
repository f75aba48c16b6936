import type { PartialQuery } from "../evaluate/partial.ts";
import type { SliceStretch } from "../evaluate/slice-cover.ts";
import { instantParam } from "./instant-param.ts";
import type { SqlParameter, SqlText } from "./partial-sql.ts";

/**
 * The query for the slices of a split, over rows of `task_slices` (one per task and slice). Its rows are those of
 * `partialSql`: `partialsOfRows` reads them.
 */
export const sliceSql = (query: PartialQuery, stretches: ReadonlyArray<SliceStretch>, slices: string): SqlText => {
  const [by] = query.by;
  const params: Record<string, SqlParameter> = { measure: query.measure.id, dimension: by ?? "company" };
  const within = stretches.map(({ granularity, fromMs, toMs }, index) => {
    if (fromMs !== null) params[`from_${index}`] = fromMs;
    if (toMs !== null) params[`to_${index}`] = toMs;
    const from = fromMs === null ? "" : ` AND start >= ${instantParam(`from_${index}`)}`;
    const to = toMs === null ? "" : ` AND start < ${instantParam(`to_${index}`)}`;
    return `(granularity = '${granularity}'${from}${to})`;
  });
  const columns = [...(by === undefined ? [] : ["value"]), ...(query.want === "bins" ? ["bin"] : [])].join(", ");
  const grouped = columns === "" ? "" : `\nGROUP BY ${columns}\nHAVING n != 0 OR total != 0\nORDER BY ${columns}`;
  return {
    sql: `SELECT ${columns === "" ? "" : `${columns}, `}toInt64(sum(count)) AS n, toInt64(sum(sum)) AS total
FROM ${slices}
WHERE measure = {measure:String} AND dimension = {dimension:String}
  AND (${within.length === 0 ? "0" : within.join("\n    OR ")})${grouped}`,
    params,
  };
};
