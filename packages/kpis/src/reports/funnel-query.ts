import type { SqlText } from "../sql/partial-sql.ts";
import {
  byColumns,
  type ReportScope,
  spanConditions,
  spanParams,
  whereConditions,
  whereParams,
} from "./report-scope.ts";

/** Counts, and how long visits took by percentile bin (wall clock, business hours). */
export interface FunnelQueries {
  readonly counts: SqlText;
  readonly visits: SqlText;
  readonly businessVisits: SqlText;
}

/** The facts that a funnel is made of. */
export const funnelQueries = ({ window, by, where, facts }: ReportScope): FunnelQueries => {
  const conditions = [...spanConditions("at", window), ...whereConditions(where)];
  const params = { ...spanParams(window), ...whereParams(where) };
  const place = `${byColumns(by)}pipeline, stage`;
  const query = (columns: string, values: string, own: string, from: string): SqlText => ({
    sql: `SELECT ${place}, ${columns}, ${values}\nFROM ${from}\nWHERE ${[own, ...conditions].join("\n  AND ")}\nGROUP BY ${place}, ${columns}`,
    params,
  });
  const visits = (bin: string, duration: string): SqlText =>
    query(
      bin,
      `toInt64(count()), toInt64(sum(${duration}))`,
      `kind = 'stage_left' AND ${duration} IS NOT NULL`,
      facts("stage_left"),
    );
  return {
    counts: query(
      "kind, outcome",
      "toInt64(count())",
      "kind IN ('stage_entered', 'stage_left')",
      facts("stage_entered", "stage_left"),
    ),
    visits: visits("bin", "duration_ms"),
    businessVisits: visits("business_bin", "business_ms"),
  };
};
