import type { KpiAnswer } from "@leadwire/kpis";
import type { GaugeTile, NumberTile } from "../board/board-definition.ts";
import type { NumberData, TargetState } from "../board/tile-data.ts";
import type { MetricQuestion } from "./metric-question.ts";

/** A share of amounts has a currency as well, which is of no use beside a share. */
const isMoney = (unit: string): boolean => unit === "money" || unit === "money_per_day";

/** Both parts of a share; of everything else how many facts it rests on, where that is more than the number itself. */
const basisOf = (
  { statistic: { formula, unit } }: MetricQuestion["checked"],
  { numerator, denominator, count, value }: KpiAnswer,
): Pick<NumberData, "numerator" | "denominator" | "count"> => {
  if (formula._tag === "Ratio") {
    const isShare = unit === "ratio" && formula.numerator.take === "count" && formula.denominator.take === "count";
    if (isShare && numerator !== undefined && denominator !== undefined) return { numerator, denominator };
    return formula.denominator.take === "count" && denominator !== undefined ? { count: denominator } : {};
  }
  return count === undefined || count === value ? {} : { count };
};

/** Why there is no number, in the words of the page; undefined where the answer's own flags say it. */
const reasonOf = (answer: KpiAnswer, isGrowth: boolean): string | undefined => {
  if (answer.value !== null) return undefined;
  if (answer.flags.includes("no_activity_data")) return "no_activity_data";
  if (isGrowth) return "prior_zero";
  return answer.denominator === 0 ? "zero_denominator" : "no_data";
};

export interface NumberParts {
  readonly answer: KpiAnswer;
  /** Undefined where nothing is compared. */
  readonly compared: number | null | undefined;
  /** Undefined where there is none; `asking` before the plan is known. */
  readonly target: TargetState | "asking" | undefined;
  /** Undefined where none is drawn. */
  readonly course: ReadonlyArray<number | null> | undefined;
}

/** A number or gauge tile as it travels. */
export const numberData = (
  { id, type }: NumberTile | GaugeTile,
  { checked, isGrowth }: MetricQuestion,
  { answer, compared, target, course }: NumberParts,
): NumberData => {
  const held = target === "asking" ? undefined : target;
  const reason = reasonOf(answer, isGrowth) ?? (type === "gauge" && target === undefined ? "no_target" : undefined);
  return {
    id,
    type,
    changedAtMs: null,
    source: "live",
    ...(reason === undefined ? {} : { reason }),
    flags: answer.flags,
    value: answer.value,
    unit: answer.unit,
    ...(isMoney(answer.unit) && answer.currency !== undefined ? { currency: answer.currency } : {}),
    better: checked.metric.better,
    ...basisOf(checked, answer),
    ...(compared === undefined ? {} : { compared }),
    ...(held === undefined ? {} : { target: held }),
    ...(course === undefined ? {} : { course }),
  };
};
