import type { FactKind } from "@leadwire/funnel";
import { type Catalogue, findStatistic, measuresOf, parseAt, type UsageFault, usageFault } from "@leadwire/kpis";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { ReportArgs, ReportContext } from "../report.ts";
import { countArg, knownArgs, neededArg, oneArg } from "../report-args.ts";
import { placedWindow } from "../report-scope.ts";
import type { ClosedPeriod } from "./late-changes.ts";

/** A statistic by its name, and the kinds of facts that it rests on. */
export interface RestatedStatistic {
  readonly name: string;
  readonly kinds: ReadonlySet<FactKind>;
}

/** What `restatements` was asked. */
export interface RestatementQuestion {
  readonly sinceMs: number;
  readonly period: ClosedPeriod;
  readonly statistics: ReadonlyArray<RestatedStatistic>;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly limit: number;
}

const periods: ReadonlyArray<ClosedPeriod> = ["month", "quarter", "year"];
const shown = 50;
const shownMax = 1_000;

const restated = (catalogue: Catalogue, name: string): Either<UsageFault, RestatedStatistic> => {
  const found = findStatistic(catalogue, name);
  if (isLeft(found)) return found;
  const kinds = measuresOf(found.right.statistic.formula).map(({ kind }) => kind);
  return right({ name, kinds: new Set(kinds) });
};

/** The one that was named, as `kpi` names it; else the default statistics of all metrics. */
const statisticsOf = (
  catalogue: Catalogue,
  asked: string | undefined,
): Either<UsageFault, ReadonlyArray<RestatedStatistic>> => {
  const statistics: RestatedStatistic[] = [];
  for (const name of asked === undefined ? catalogue.metrics.keys() : [asked]) {
    const statistic = restated(catalogue, name);
    if (isLeft(statistic)) return statistic;
    statistics.push(statistic.right);
  }
  return right(statistics);
};

/** Reads the arguments of `restatements`: since, metric, window, period, limit. */
export const restatementQuestion = (
  context: ReportContext,
  args: ReportArgs,
): Either<UsageFault, RestatementQuestion> => {
  const known = knownArgs(args, ["since", "metric", "window", "period", "limit"]);
  if (isLeft(known)) return known;
  const since = neededArg(args, "since", "2026-04-01");
  if (isLeft(since)) return since;
  const sinceMs = parseAt(since.right, context.nowMs, context.newestMs, context.calendar);
  if (isLeft(sinceMs)) return sinceMs;
  const metric = oneArg(args, "metric");
  if (isLeft(metric)) return metric;
  const statistics = statisticsOf(context.catalogue, metric.right);
  if (isLeft(statistics)) return statistics;
  const periodText = oneArg(args, "period");
  if (isLeft(periodText)) return periodText;
  const period = periods.find((name) => name === (periodText.right ?? "month"));
  if (period === undefined)
    return left(usageFault("BadArgument", `"${periodText.right}" is no period here: write ${periods.join(", ")}.`));
  const windowText = oneArg(args, "window");
  if (isLeft(windowText)) return windowText;
  const window = placedWindow(windowText.right ?? "all", context.nowMs, context);
  if (isLeft(window)) return window;
  const limit = countArg(args, "limit", shown, shownMax);
  if (isLeft(limit)) return limit;
  const { fromMs, toMs } = window.right;
  const open = windowText.right === undefined;
  return right({
    sinceMs: sinceMs.right,
    period,
    statistics: statistics.right,
    fromMs: open ? null : fromMs,
    toMs: open ? null : toMs,
    limit: limit.right,
  });
};
