import { businessDays } from "../business-time.ts";
import type { Company } from "../company.ts";
import { dateStartMs, localDate } from "../local-time.ts";
import {
  type Asked,
  amountsOf,
  exactMetric,
  heldAgainst,
  type List,
  levelBeforeMs,
  type Measured,
  metricOf,
  type OracleMetric,
  type Quotient,
  sumOf,
  type Unit,
  within,
} from "../metric.ts";
import { forecastsOf, targetedScopes, targetOf } from "../plan.ts";
import { asNumber, decimally, type Exact, exactly, ifPositive, minus, over, times } from "../rational.ts";
import type { OracleWindow } from "../window.ts";

const moneyOf = (list: List): Exact => exactly(amountsOf(list));
const sold = (c: Company, w: OracleWindow) => ({ sales: within(c.sales, w) });

/** The target for the window's period and the group's scope. */
const target = (metric: string, { company, window, scope }: Asked): Exact => {
  if (window.period === null || scope === null) return null;
  const value = targetOf(company.events, metric, scope, window.period);
  return value === null ? null : decimally(value);
};

/** The share of the period's business days that have begun. */
const elapsed = ({ company, window: { fromMs, toMs, levelMs, atMs } }: Asked): Exact => {
  if (fromMs === null || toMs === null) return null;
  const { all, begun } = businessDays(fromMs, toMs, Math.min(levelMs, atMs), company.workspace);
  return over(exactly(begun), exactly(all));
};

/** The open deals expected to close on the day that is read or later in the period, and those expected earlier. */
const openDeals = (c: Company, w: OracleWindow) => {
  const zone = c.workspace.timeZone;
  const today = dateStartMs(localDate(w.levelMs, zone), zone);
  const open = c.openDealsAt(levelBeforeMs(w)).filter(({ dueAtMs }) => dueAtMs !== undefined);
  return {
    overdue: open.filter(({ dueAtMs = 0 }) => dueAtMs < today),
    due: open.filter(({ dueAtMs = 0 }) => dueAtMs >= today && (w.toMs === null || dueAtMs < w.toMs)),
  };
};

const forecastsFor = ({ events, workspace }: Company, { period, fromMs }: OracleWindow): ReadonlyMap<string, bigint> =>
  period === null || fromMs === null ? new Map() : forecastsOf(events, period, fromMs, workspace);

const forecast = (level: "company" | "team" | "rep", take: "accuracy" | "bias"): OracleMetric =>
  heldAgainst(
    (c, w) => [...forecastsFor(c, w).keys()],
    metricOf({
      unit: "ratio",
      lists: sold,
      formula: ({ sales }, { company, window, scope: asked }): Measured => {
        const forecasts = forecastsFor(company, window);
        const isOfLevel = (scope: string) =>
          asked !== "company" ? scope === asked : level === "company" ? scope === level : scope.startsWith(`${level}:`);
        const compared = [...forecasts]
          .filter(([scope]) => isOfLevel(scope))
          .map(([scope, forecastMinor]) => {
            const isOf = ({ team, owner }: { readonly team: string; readonly owner: string }) =>
              level === "company" || scope === (level === "team" ? `team:${team}` : `rep:${owner}`);
            const actual = sumOf(
              sales.filter(({ dimensions }) => isOf(dimensions)),
              (sale) => sale.amountMinor,
            );
            return { actual, gap: forecastMinor - actual };
          });
        const actual = compared.reduce((sum, each) => sum + each.actual, 0n);
        const off = compared.reduce((sum, { gap }) => sum + (gap < 0n ? -gap : gap), 0n);
        const bias = over(exactly(compared.reduce((sum, { gap }) => sum + gap, 0n)), exactly(actual));
        const accuracy = minus(exactly(1), over(exactly(off), exactly(actual)));
        return { value: asNumber(take === "bias" ? bias : accuracy) };
      },
    }),
  );

const withSalesTarget = ({ events }: Company, { period }: OracleWindow): ReadonlyArray<string> =>
  targetedScopes(events, "sales", period);

type QuotaFormula = (lists: { readonly sales: List }, asked: Asked) => Quotient;
const ofQuota = (unit: Unit, formula: QuotaFormula): OracleMetric =>
  heldAgainst(withSalesTarget, exactMetric(unit, sold, formula));

export const planMetrics: Readonly<Record<string, OracleMetric>> = {
  "pipeline_coverage.coverage": heldAgainst(
    withSalesTarget,
    exactMetric(
      "x",
      (c, w) => ({ due: openDeals(c, w).due, ...sold(c, w) }),
      ({ due, sales }, asked) => [moneyOf(due), ifPositive(minus(target("sales", asked), moneyOf(sales)))],
    ),
  ),
  "pipeline_coverage.overdue": exactMetric(
    "money",
    (c, w) => ({ overdue: openDeals(c, w).overdue }),
    ({ overdue }) => [moneyOf(overdue), exactly(1)],
  ),
  "quota_attainment.attainment": ofQuota("ratio", ({ sales }, asked) => [moneyOf(sales), target("sales", asked)]),
  "quota_attainment.pace": ofQuota("ratio", ({ sales }, asked) => [
    moneyOf(sales),
    times(target("sales", asked), elapsed(asked)),
  ]),
  "quota_attainment.gap": ofQuota("money", ({ sales }, asked) => [
    minus(target("sales", asked), moneyOf(sales)),
    exactly(1),
  ]),
  "forecast_accuracy.company": forecast("company", "accuracy"),
  "forecast_accuracy.teams": forecast("team", "accuracy"),
  "forecast_accuracy.reps": forecast("rep", "accuracy"),
  "forecast_accuracy.bias": forecast("company", "bias"),
  "forecast_accuracy.teams_bias": forecast("team", "bias"),
  "forecast_accuracy.reps_bias": forecast("rep", "bias"),
};
