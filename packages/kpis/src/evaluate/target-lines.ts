import { divide } from "../division.ts";
import type { PlanBook } from "../plan-book.ts";
import type { KpiPlan } from "./plan.ts";

/** How a value stands against its target. Absent where there is none for its metric, scope and whole period. */
export interface TargetLines {
  /** In the metric's own unit. */
  readonly target?: number;
  /** value / target; null where the target is 0 or less, of which nothing can be a share, or there is no value. */
  readonly attainment?: number | null;
  /** Where less is better, an attainment above 1 is a miss. */
  readonly better?: "lower";
  /** What the target expects by now, by business days begun; only of totals, which grow over the period. */
  readonly expected?: number;
  /** target − value. */
  readonly gap?: number | null;
}

/** What the targets of a number name: its statistic, or the metric where it is the default one. */
export const subjectsOf = ({ metric, statisticName }: KpiPlan["question"]): ReadonlyArray<string> => [
  ...(statisticName === "" ? [] : [`${metric.id}.${statisticName}`]),
  ...(statisticName === metric.defaultStatistic ? [metric.id] : []),
];

const growsOverPeriod = ({ statistic: { formula } }: KpiPlan["question"]): boolean =>
  formula._tag === "Total" && formula.of.measures.every((measure) => !measure.level);

/** Held against the target of the statistic's name, else of the metric where that is its default. */
export const targetLines = (
  plan: KpiPlan,
  values: ReadonlyArray<string>,
  value: number | null,
  book: PlanBook,
): TargetLines => {
  if (plan.scope === null) return {};
  const { level, period } = plan.scope;
  const target = book.targets(subjectsOf(plan.question), level, period).get(values[0] ?? "");
  if (target === undefined) return {};
  const share = growsOverPeriod(plan.question) ? plan.elapsed() : null;
  return {
    target,
    attainment: value === null || target <= 0 ? null : value / target,
    ...(plan.question.metric.better === "lower" ? { better: "lower" } : {}),
    ...(share === null ? {} : { expected: target * divide(share.n, share.d) }),
    gap: value === null ? null : target - value,
  };
};
