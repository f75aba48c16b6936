import { type AnswerMeta, divide, type Expression, type KpiAnswer, type KpiPlan, targetsOf } from "@leadwire/kpis";
import type { LiveNumbers } from "./threshold-numbers.ts";
import { type FoundAnswer, factsOf, type Placement, ReadPlan } from "./threshold-placement.ts";

/** The numbers of one group that rules are held against. */
export interface GroupNumbers extends FoundAnswer {
  /** False where nothing is left of the group, neither now nor in what it is compared with. */
  readonly isThere: boolean;
  readonly compared: number | null;
  readonly past: ReadonlyArray<number>;
}

/** Read from slices, in a handful of look-ups. */
export const groupFromSlices = (
  { own, compared, past }: Placement,
  value: string,
  live: LiveNumbers,
  meta: AnswerMeta,
): GroupNumbers => {
  const found = own.answer(live.slices, value, meta);
  const other = compared?.answer(live.slices, value, meta);
  const before = past.map((read) => read.answer(live.slices, value, meta) ?? read.emptyAnswer(meta));
  const isThere = found !== undefined || other !== undefined || past.some((read) => read.holds(live.slices, value));
  return {
    ...(found ?? own.emptyAnswer(meta)),
    isThere,
    compared: (other ?? compared?.emptyAnswer(meta))?.answer.value ?? null,
    past: before.flatMap(({ answer }) => answer.value ?? []),
  };
};

/** As facts answered. */
export const groupFromFacts = (plan: KpiPlan, answer: KpiAnswer | undefined, meta: AnswerMeta): GroupNumbers => ({
  ...(answer === undefined ? new ReadPlan(plan, []).emptyAnswer(meta) : { answer, facts: factsOf(answer) }),
  isThere: answer !== undefined,
  compared: answer?.compare?.value ?? null,
  past: [],
});

const hasElapsed = (node: Expression): boolean => {
  if (node._tag === "Elapsed") return true;
  if ("left" in node) return hasElapsed(node.left) || hasElapsed(node.right);
  return node._tag === "Positive" && hasElapsed(node.of);
};

const elapsedOf = (plan: KpiPlan): number | null => {
  const share = plan.elapsed();
  return share === null ? null : divide(share.n, share.d);
};

/**
 * The target that a group's number is held against, and what of it is due by now, by business days. A share of a target
 * (quota attainment) has 1 for its target. What does not grow over its period is due in full at any time.
 */
export const plannedOf = (
  plan: KpiPlan,
  answer: KpiAnswer | undefined,
): { readonly target: number | null; readonly pace: number | null } => {
  const { formula, unit } = plan.question.statistic;
  if (targetsOf(formula).length > 0 && formula._tag === "Fraction") {
    if (unit !== "ratio") return { target: null, pace: null };
    return { target: 1, pace: hasElapsed(formula.denominator) ? 1 : elapsedOf(plan) };
  }
  const target = answer?.target ?? null;
  if (target === null || answer?.expected === undefined) return { target, pace: target };
  const share = elapsedOf(plan);
  return { target, pace: share === null ? null : target * share };
};
