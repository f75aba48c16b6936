import type { FactKind } from "@leadwire/funnel";
import { instantParam } from "../sql/instant-param.ts";
import type { SqlText } from "../sql/partial-sql.ts";
import {
  byColumns,
  type ReportScope,
  spanConditions,
  spanParams,
  whereConditions,
  whereParams,
} from "./report-scope.ts";

/** A metric that can be followed by cohort. */
export interface CohortMetric {
  readonly id: string;
  /** What a cohort is made of, in words. */
  readonly members: string;
  /** What a cell tells: the part that ever got there, is still there, has gone, or what the cohort pays by now. */
  readonly take: "reached" | "kept" | "gone" | "paid";
  readonly kind: FactKind;
}

/** Leads by their creation, customers by the start of their first time as one, payers by their first payment. */
export const cohortMetrics: ReadonlyArray<CohortMetric> = [
  { id: "conversion_rate", members: "leads", take: "reached", kind: "lead_won" },
  { id: "lead_to_opportunity", members: "leads", take: "reached", kind: "cohort_opportunity" },
  { id: "retention_rate", members: "customers", take: "kept", kind: "customer_active" },
  { id: "churn_rate", members: "customers", take: "gone", kind: "customer_active" },
  { id: "nrr", members: "paying accounts", take: "paid", kind: "mrr_moved" },
];

const localDay = (column: string): string => `toInt32(toDate32(${column}, {zone:String}))`;

/** Leads of the window by the day of their creation, and by the day that they got there. */
const reachedSql = ({ kind }: CohortMetric, { window, by, where, facts }: ReportScope): string => {
  const columns = byColumns(by);
  const filters = whereConditions(where);
  const created = [`kind = 'lead_created'`, ...spanConditions("at", window), ...filters];
  const reached = [
    `kind = '${kind}'`,
    "cohort_at IS NOT NULL",
    ...spanConditions("assumeNotNull(cohort_at)", window),
    `at <= ${instantParam("at")}`,
    ...filters,
  ];
  const groups = `${columns}born, day`;
  return `SELECT ${columns}${localDay("at")} AS born, born AS day, toInt64(count()), toInt64(0), toInt64(0), toInt64(0)
FROM ${facts("lead_created")} WHERE ${created.join(" AND ")} GROUP BY ${groups}
UNION ALL
SELECT ${columns}${localDay("assumeNotNull(cohort_at)")} AS born, ${localDay("at")} AS day, toInt64(0), toInt64(count()), toInt64(0), toInt64(0)
FROM ${facts(kind)} WHERE ${reached.join(" AND ")} GROUP BY ${groups}`;
};

/** Accounts that began in the window by that day, and what they did since: a level of accounts and of money. */
const keptSql = ({ kind }: CohortMetric, { window, by, where, facts }: ReportScope): string => {
  const columns = byColumns(by);
  const conditions = [`kind = '${kind}'`, `at < ${instantParam("at")}`, ...whereConditions(where)];
  const began = spanConditions("began", window);
  return `SELECT ${columns}${localDay("began")} AS born, ${localDay("at")} AS day, toInt64(uniqExactIf(account_id, at = began)),
  toInt64(sum(count)), toInt64(sum(amount_minor)), toInt64(sumIf(amount_minor, outcome = 'new'))
FROM (
  SELECT ${columns}account_id, at, count, amount_minor, outcome, min(at) OVER (PARTITION BY account_id) AS began
  FROM ${facts(kind)} WHERE ${conditions.join(" AND ")}
)
WHERE ${began.length === 0 ? "true" : began.join(" AND ")}
GROUP BY ${columns}born, day`;
};

/** Rows: group, day of the cohort, day of what happened, members, those that got there (or a level), its money, money at first. */
export const cohortSql = (metric: CohortMetric, scope: ReportScope, timeZone: string): SqlText => ({
  sql: metric.take === "reached" ? reachedSql(metric, scope) : keptSql(metric, scope),
  params: { ...spanParams(scope.window), at: scope.window.atMs, zone: timeZone, ...whereParams(scope.where) },
});

/** The earliest beginning of a cohort, for a window that is open at its start. */
export const firstCohortSql = ({ take, kind }: CohortMetric, { where, facts }: ReportScope): SqlText => {
  const begins = take === "reached" ? "lead_created" : kind;
  const conditions = [`kind = '${begins}'`, ...whereConditions(where)];
  return {
    sql: `SELECT toUnixTimestamp64Milli(min(at)) FROM ${facts(begins)} WHERE ${conditions.join(" AND ")}`,
    params: whereParams(where),
  };
};
