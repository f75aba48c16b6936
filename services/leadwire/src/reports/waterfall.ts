import { dimensions } from "@leadwire/funnel";
import {
  type Closing,
  type DealFlow,
  dealClosesSql,
  dealPartsSql,
  isoText,
  pipelineLevelsSql,
  type UsageFault,
  usageFault,
  type Waterfall,
  waterfallReport,
} from "@leadwire/kpis";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Report, ReportArgs, ReportContext } from "./report.ts";
import { countArg, oneArg } from "./report-args.ts";
import type { ReportHead } from "./report-head.ts";
import { reportRows } from "./report-rows.ts";
import { placedWindow, scopeOf } from "./report-scope.ts";

export interface WaterfallDocument extends ReportHead {
  readonly currency: string;
  /** The instants that the open pipeline is read at; `from` null: before everything. */
  readonly read: { readonly from: string | null; readonly to: string };
  readonly closing: "all" | { readonly from: string; readonly to: string };
  readonly waterfalls: ReadonlyArray<Waterfall>;
  /** Where they were asked for: the largest first, cut at `limit`. */
  readonly deals?: ReadonlyArray<DealFlow>;
  readonly deals_total?: number;
}

const closingOf = (context: ReportContext, args: ReportArgs, atMs: number): Either<UsageFault, Closing> => {
  const asked = oneArg(args, "closing");
  if (isLeft(asked)) return asked;
  if (asked.right === undefined || asked.right === "all") return right("all");
  const placed = placedWindow(asked.right, atMs, context);
  if (isLeft(placed)) return placed;
  const { fromMs, toMs } = placed.right;
  if (fromMs !== null && toMs !== null) return right({ fromMs, toMs });
  return left(usageFault("BadArgument", `"${asked.right}" is no period to close in: write all, quarter or 2026-Q1.`));
};

/** The open pipeline between two instants: what came, changed and went, in total and deal by deal. */
export const waterfall: Report = async (now, args) => {
  const asked = await scopeOf(now, args, { args: ["closing", "deals", "limit"], dimensions });
  if (isLeft(asked)) return asked;
  const { scope, context, head } = asked.right;
  const { store, workspace } = context;
  const { window } = scope;
  const closing = closingOf(context, args, window.atMs);
  if (isLeft(closing)) return closing;
  const limit = countArg(args, "limit", 50, 1_000_000);
  if (isLeft(limit)) return limit;
  const withDeals = oneArg(args, "deals");
  if (isLeft(withDeals)) return withDeals;
  const toMs = window.levelMs;
  // A window that has not begun is empty, not turned round.
  const span = { fromMs: Math.min(window.fromMs ?? Number.NEGATIVE_INFINITY, toMs), toMs };
  const [parts, closes, levels] = await Promise.all([
    reportRows(store, dealPartsSql(scope, span)),
    reportRows(store, dealClosesSql(scope, span)),
    reportRows(store, pipelineLevelsSql(scope, span, closing.right)),
  ]);
  const { waterfalls, deals } = waterfallReport(scope, { parts, closes, levels }, closing.right);
  const { right: period } = closing;
  const document: WaterfallDocument = {
    ...head,
    currency: workspace.currency,
    read: { from: Number.isFinite(span.fromMs) ? isoText(span.fromMs) : null, to: isoText(toMs) },
    closing: period === "all" ? "all" : { from: isoText(period.fromMs), to: isoText(period.toMs) },
    waterfalls,
    ...(withDeals.right === undefined || withDeals.right === "false"
      ? {}
      : { deals: deals.slice(0, limit.right), deals_total: deals.length }),
  };
  return right(document);
};
