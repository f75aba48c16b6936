import { divide } from "../division.ts";
import { isoText } from "../iso-text.ts";
import { smallSample } from "../small-sample.ts";
import { integerOf } from "../sql/integer-of.ts";
import type { CohortMetric } from "./cohort-query.ts";
import { periodIndexOf, type ReportPeriod } from "./report-period.ts";
import { groupOf, inGroups, type ReportRow, type ReportScope } from "./report-scope.ts";

/** What became of the leads or accounts that began in one period. */
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
