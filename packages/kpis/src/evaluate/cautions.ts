import { targetsOf } from "../formula.ts";
import type { Caution } from "../metric.ts";
import { smallSample } from "../small-sample.ts";
import { valueOfExpression } from "./expression-value.ts";
import type { Gathered, Outcome } from "./outcome.ts";
import type { KpiPlan } from "./plan.ts";

/** Cautions that stand beside a value. */
export type Flag = "small_sample" | "no_activity_data" | "no_prior" | "no_target" | "no_forecast" | Caution["flag"];

const lacksTarget = (plan: KpiPlan, { expressions }: Gathered): boolean =>
  targetsOf(plan.question.statistic.formula).some((metric) => expressions.target(metric) === null);

/** The flags of an answer, and the numbers of those that have one. */
export const cautionsOf = (
  plan: KpiPlan,
  gathered: Gathered,
  outcome: Outcome,
  hasActivity: boolean,
): { readonly flags: ReadonlyArray<Flag>; readonly counts: Readonly<Partial<Record<Flag, number>>> | undefined } => {
  const { metric, statistic } = plan.question;
  const { formula, cautions = [] } = statistic;
  const flags: Flag[] = [];
  if (metric.needsActivity && !hasActivity) flags.push("no_activity_data");
  if (formula._tag === "Growth" && plan.window.prior === null) flags.push("no_prior");
  if (lacksTarget(plan, gathered)) flags.push("no_target");
  if (formula._tag === "Forecast" && (outcome.count ?? 0) === 0) flags.push("no_forecast");
  if (outcome.basis !== undefined && outcome.basis < smallSample) flags.push("small_sample");
  let counts: Partial<Record<Flag, number>> | undefined;
  for (const { flag, count } of cautions) {
    const found = valueOfExpression(count, gathered.expressions);
    if (found === null || found.n <= 0n) continue;
    flags.push(flag);
    counts = { ...counts, [flag]: Number(found.n / found.d) };
  }
  return { flags, counts };
};
