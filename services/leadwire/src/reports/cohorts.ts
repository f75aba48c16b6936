import {
  type Cohort,
  cohortMetrics,
  cohortReport,
  cohortSql,
  firstCohortSql,
  leadDimensions,
  usageFault,
} from "@leadwire/kpis";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Report } from "./report.ts";
import { countArg, neededArg } from "./report-args.ts";
import type { ReportHead } from "./report-head.ts";
import { beginningOf, everyArg, periodsOf } from "./report-periods.ts";
import { reportRows } from "./report-rows.ts";
import { scopeOf } from "./report-scope.ts";

export interface CohortsDocument extends ReportHead {
  readonly metric: string;
  /** What a cohort is made of, in words. */
  readonly members: string;
  readonly every: string;
  /** Where money is followed. */
  readonly currency?: string;
  readonly cohorts: ReadonlyArray<Cohort>;
}

/** A metric by the period in which its leads or customers began, and by their age since. */
export const cohorts: Report = async (now, args) => {
  const asked = await scopeOf(now, args, { args: ["metric", "every", "ages"], dimensions: leadDimensions });
  if (isLeft(asked)) return asked;
  const { scope, context, head } = asked.right;
  const { store, workspace } = context;
  const name = neededArg(args, "metric", "conversion_rate");
  if (isLeft(name)) return name;
  const metric = cohortMetrics.find(({ id }) => id === name.right);
  const known = cohortMetrics.map(({ id }) => id).join(", ");
  if (metric === undefined)
    return left(usageFault("UnknownMetric", `"${name.right}" has no cohorts: there are ${known}.`));
  const every = everyArg(args, ["day", "week", "month", "quarter", "year"], "month");
  if (isLeft(every)) return every;
  const agesMax = countArg(args, "ages", 13, 400);
  if (isLeft(agesMax)) return agesMax;
  const { window } = scope;
  const fromMs = await beginningOf(context, scope, firstCohortSql(metric, scope), window.levelMs);
  const periods = periodsOf(context, every.right, fromMs, Math.max(window.atMs, fromMs + 1));
  if (isLeft(periods)) return periods;
  const endMs = Math.min(window.toMs ?? window.atMs, window.atMs);
  const count = Math.max(periods.right.filter((period) => period.fromMs < endMs).length, 1);
  const rows = await reportRows(store, cohortSql(metric, scope, workspace.timeZone));
  const frame = { metric, periods: periods.right, cohorts: count, agesMax: agesMax.right };
  const document: CohortsDocument = {
    ...head,
    metric: metric.id,
    members: metric.members,
    every: every.right,
    ...(metric.take === "paid" ? { currency: workspace.currency } : {}),
    cohorts: cohortReport(scope, rows, frame),
  };
  return right(document);
};
