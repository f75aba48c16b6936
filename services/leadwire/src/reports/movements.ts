import {
  firstMovementSql,
  leadDimensions,
  type MovementPeriod,
  movementLevelsSql,
  movementReport,
  movementsSql,
} from "@leadwire/kpis";
import { isLeft, right } from "fp-ts/lib/Either.js";
import type { Report } from "./report.ts";
import { headOf, type ReportHead } from "./report-head.ts";
import { beginningOf, everyArg, periodsOf } from "./report-periods.ts";
import { reportRows } from "./report-rows.ts";
import { scopeOf } from "./report-scope.ts";

export interface MovementsDocument extends ReportHead {
  readonly currency: string;
  readonly every: string;
  readonly periods: ReadonlyArray<MovementPeriod>;
}

/** Monthly recurring revenue by period: start + movements = end, checked. */
export const movements: Report = async (context, args) => {
  const { store, workspace } = context;
  const scope = scopeOf(context, args, { args: ["every"], dimensions: leadDimensions });
  if (isLeft(scope)) return scope;
  const every = everyArg(args, ["day", "week", "month", "quarter", "year"], "month");
  if (isLeft(every)) return every;
  const toMs = scope.right.window.levelMs;
  const fromMs = await beginningOf(context, scope.right, firstMovementSql(scope.right), toMs);
  const periods = periodsOf(context, every.right, fromMs, toMs);
  if (isLeft(periods)) return periods;
  const startMs = periods.right[0]?.fromMs ?? fromMs;
  const ends = periods.right.map((period) => Math.min(period.toMs, toMs));
  const [moved, levels] = await Promise.all([
    reportRows(store, movementsSql(scope.right, startMs, toMs, workspace.timeZone)),
    reportRows(store, movementLevelsSql(scope.right, ends)),
  ]);
  const document: MovementsDocument = {
    ...headOf(scope.right, context),
    currency: workspace.currency,
    every: every.right,
    periods: movementReport(scope.right, { movements: moved, levels }, periods.right, toMs),
  };
  return right(document);
};
