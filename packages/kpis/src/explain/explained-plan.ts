import type { KpiPlan } from "../evaluate/plan.ts";
import { subjectsOf } from "../evaluate/target-lines.ts";
import { targetsOf } from "../formula.ts";
import { type PlanEntry, planOrder, type ScopeLevel } from "../plan-book.ts";

const lastOf = (entries: ReadonlyArray<PlanEntry>): ReadonlyArray<PlanEntry> => entries.toSorted(planOrder).slice(-1);

const targetsIn = (plan: KpiPlan, name: string, entries: ReadonlyArray<PlanEntry>): ReadonlyArray<PlanEntry> => {
  if (plan.scope === null) return [];
  const { level, period } = plan.scope;
  const subjects = new Set([...targetsOf(plan.question.statistic.formula), ...subjectsOf(plan.question)]);
  const inScope = entries.filter(
    (entry) => entry.kind === "target" && entry.level === level && entry.period === period && entry.name === name,
  );
  return [...subjects].flatMap((subject) => lastOf(inScope.filter((entry) => entry.subject === subject)));
};

const forecastsIn = (
  { question: { where }, window }: KpiPlan,
  level: ScopeLevel,
  values: ReadonlyArray<string>,
  entries: ReadonlyArray<PlanEntry>,
): ReadonlyArray<PlanEntry> => {
  const { fromMs, period } = window;
  const wanted = [...values, ...where.map(([, value]) => value)];
  if (fromMs === null || period === null) return [];
  const inTime = entries.filter(
    (entry) =>
      entry.kind === "forecast" &&
      entry.level === level &&
      entry.period === period.text &&
      entry.atMs < fromMs &&
      wanted.every((name) => name === entry.name),
  );
  return [...Map.groupBy(inTime, ({ name }) => name).values()].flatMap(lastOf);
};

/** The targets and forecasts that an answer was made of, or is held against: of each the one that counts. */
export const explainedPlan = (
  plan: KpiPlan,
  values: ReadonlyArray<string>,
  entries: ReadonlyArray<PlanEntry>,
): ReadonlyArray<PlanEntry> => {
  const { formula } = plan.question.statistic;
  const forecasts = formula._tag === "Forecast" ? forecastsIn(plan, formula.level, values, entries) : [];
  return [...targetsIn(plan, values[0] ?? "", entries), ...forecasts];
};
