import type { FactKind } from "@leadwire/funnel";
import { divide } from "../division.ts";
import { isoText } from "../iso-text.ts";
import { smallSample } from "../small-sample.ts";
import type { SqlText } from "../sql/partial-sql.ts";
import { periodIndexOf, type ReportPeriod } from "./report-period.ts";
import { instantParam } from "../sql/instant-param.ts";
import { integerOf } from "../sql/integer-of.ts";
import { byColumns, groupOf, inGroups, type ReportRow, type ReportScope, spanConditions, spanParams, whereConditions, whereParams } from "./report-scope.ts";

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

export interface Cohort {
  readonly group: Readonly<Record<string, string>>;
  /** The period in which its members began. */
  readonly cohort: string;
  readonly from: string;
  /** Excluded. */
  readonly to: string;
  /** Leads or accounts. */
  readonly size: number;
  /** Minor units a month that they began with; only where money is followed. */
  readonly start_minor?: number;
  /** By age in periods: 0 is the period they began in. Null where the age has not begun, or the cohort is empty. */
  readonly values: ReadonlyArray<number | null>;
  /** What the values are made of: how many got there, are there or have gone by the end of that age, or minor units. */
  readonly numerators: ReadonlyArray<number | null>;
  /** The age whose period is not over at `--at`; null where that lies beyond the last age shown. */
  readonly running_age: number | null;
  readonly flags: ReadonlyArray<"small_sample">;
}

/** Adds up what happened up to and with each age. */
const running = (
  rows: ReadonlyArray<ReportRow>,
  value: (row: ReportRow) => bigint,
  ageOf: (row: ReportRow) => number,
  ages: number,
) => {
  const totals = new Array<bigint>(ages).fill(0n);
  for (const row of rows) {
    const age = Math.max(ageOf(row), 0);
    if (age < ages) totals[age] = (totals[age] ?? 0n) + value(row);
  }
  let sum = 0n;
  return totals.map((total) => {
    sum += total;
    return sum;
  });
};

/** What every cohort of a report has in common. */
export interface CohortFrame {
  readonly metric: CohortMetric;
  /** From the first cohort's to the one that holds `--at`. */
  readonly periods: ReadonlyArray<ReportPeriod>;
  /** How many of them are cohorts: the later ones are only ages. */
  readonly cohorts: number;
  /** At most so many ages. */
  readonly agesMax: number;
}

/** The cohorts of each group, the earliest first; a period without members is a cohort of size 0. */
export const cohortReport = (
  scope: ReportScope,
  rows: ReadonlyArray<ReportRow>,
  { metric, periods, cohorts, agesMax }: CohortFrame,
): ReadonlyArray<Cohort> => {
  const at = scope.by.length;
  const ages = Math.min(agesMax, periods.length);
  const indexOf = (row: ReportRow, column: number): number => periodIndexOf(periods, Number(row[column]));
  return inGroups(rows, scope.by).flatMap(([values, inGroup]) => {
    const members = Map.groupBy(inGroup, (row) => indexOf(row, at));
    return periods.slice(0, cohorts).map((period, index): Cohort => {
      const own = members.get(index) ?? [];
      const add = (column: number): bigint => own.reduce((sum, row) => sum + integerOf(row[column]), 0n);
      const size = add(at + 2);
      const isPaid = metric.take === "paid";
      const base = isPaid ? add(at + 5) : size;
      const reached = Math.min(ages, periods.length - index);
      const totals = running(
        own,
        (row) => integerOf(row[isPaid ? at + 4 : at + 3]),
        (row) => indexOf(row, at + 1) - index,
        reached,
      ).map((total) => (metric.take === "gone" ? size - total : total));
      const padding = new Array<null>(ages - reached).fill(null);
      const runningAge = periods.length - 1 - index;
      return {
        group: groupOf(scope.by, values),
        cohort: period.name,
        from: isoText(period.fromMs),
        to: isoText(period.toMs),
        size: Number(size),
        ...(isPaid ? { start_minor: Number(base) } : {}),
        values: [...totals.map((total) => (base === 0n ? null : divide(total, base))), ...padding],
        numerators: [...totals.map(Number), ...padding],
        running_age: runningAge < reached ? runningAge : null,
        flags: size < smallSample ? ["small_sample"] : [],
      };
    });
  });
};
