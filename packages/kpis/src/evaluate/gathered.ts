import type { PlanBook } from "../plan-book.ts";
import { type Rational, rationalOfDecimal } from "../rational.ts";
import { monthsOf } from "../window/business-days.ts";
import type { Group } from "./gather.ts";
import { emptyLeaf } from "./leaf-sum.ts";
import type { Gathered } from "./outcome.ts";
import type { KpiPlan } from "./plan.ts";
import { leafIndex } from "./query-planner.ts";

/** The target of a metric for a group's scope and the window's whole period; null where there is none. */
const targetIn = (plan: KpiPlan, values: ReadonlyArray<string>, book: PlanBook, metric: string): Rational | null => {
  if (plan.scope === null) return null;
  const { level, period } = plan.scope;
  const target = book.targets([metric], level, period).get(values[0] ?? "");
  return target === undefined ? null : rationalOfDecimal(target);
};

/** The forecasts of the scopes that lie in a group, made before the period began; null where there is no such period. */
const forecastsIn = (plan: KpiPlan, values: ReadonlyArray<string>, book: PlanBook): Gathered["forecasts"] => {
  const { question, window } = plan;
  const { formula } = question.statistic;
  const period = window.period?.text ?? "";
  if (formula._tag !== "Forecast" || period === "" || window.fromMs === null) return null;
  const names = [...values, ...question.where.map(([, value]) => value)];
  const all = book.forecasts(formula.level, period, window.fromMs);
  return new Map([...all].filter(([name]) => names.every((wanted) => wanted === name)));
};

/** Everything that the formula of a plan needs for one group. */
export const gatheredOf = (plan: KpiPlan, group: Group, book: PlanBook): Gathered => {
  const { formula } = plan.question.statistic;
  const leafAt = (index: number) => group.leaves.get(index) ?? emptyLeaf();
  return {
    first: leafAt(leafIndex.first),
    second: leafAt(leafIndex.second),
    basis: formula._tag === "Fraction" && formula.basis !== undefined ? leafAt(leafIndex.basis) : undefined,
    hasPrior: plan.window.prior !== null,
    forecasts: forecastsIn(plan, group.values, book),
    expressions: {
      leaf: (node) => {
        const index = plan.leaves.get(node);
        const isMissing = "over" in node && node.over === "prior" && plan.window.prior === null;
        return index === undefined || isMissing ? undefined : leafAt(index);
      },
      target: (metric) => targetIn(plan, group.values, book, metric),
      elapsed: plan.elapsed,
      months: () => monthsOf(plan.window),
    },
  };
};
