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
import type { ReportHead } from "./report-head.ts";
import { beginningOf, everyArg, periodsOf } from "./report-periods.ts";
import { reportRows } from "./report-rows.ts";
import { scopeOf } from "./report-scope.ts";

export interface MovementsDocument extends ReportHead {
  readonly currency: string;
  readonly every: string;
  readonly periods: ReadonlyArray<MovementPeriod>;
}

/** Monthly recurring revenue by period: start + movements = end, checked. */
export const movements: Report = async (now, args) => {
  const asked = await scopeOf(now, args, { args: ["every"], dimensions: leadDimensions });
  if (isLeft(asked)) return asked;
  const { scope, context, head } = asked.right;
  const { store, workspace } = context;
  const every = everyArg(args, ["day", "week", "month", "quarter", "year"], "month");
  if (isLeft(every)) return every;
  const toMs = scope.window.levelMs;
  const fromMs = await beginningOf(context, scope, firstMovementSql(scope), toMs);
  const periods = periodsOf(context, every.right, fromMs, toMs);
  if (isLeft(periods)) return periods;
  const startMs = periods.right[0]?.fromMs ?? fromMs;
  const ends = periods.right.map((period) => Math.min(period.toMs, toMs));
  const [moved, levels] = await Promise.all([
    reportRows(store, movementsSql(scope, startMs, toMs, workspace.timeZone)),
    reportRows(store, movementLevelsSql(scope, ends)),
  ]);
  const document: MovementsDocument = {
    ...head,
    currency: workspace.currency,
    every: every.right,
    periods: movementReport(scope, { movements: moved, levels }, periods.right, toMs),
  };
  return right(document);
};
