import type { Dimension } from "@leadwire/funnel";
import {
  type CheckedQuestion,
  type Comparison,
  isSliced,
  type Measure,
  measuresOf,
  type Statistic,
  targetsOf,
} from "@leadwire/kpis";
import type { AlertRule, Level, ThresholdCondition } from "../rule/rule.ts";

/** A question that several rules ask, however each of them words it. */
export interface SharedQuestion {
  /** Two rules with one key are answered by one evaluation. */
  readonly key: string;
  /** A filter on the dimension that it goes by is one of its groups. `atMs` is set where it is asked. */
  readonly question: CheckedQuestion;
  readonly measures: ReadonlyArray<Measure>;
  /** Read at an instant's edge, where other numbers are read a millisecond before it. */
  readonly isLevel: boolean;
  /** Whether slices may have the answer at all. */
  readonly isSliceable: boolean;
  /** Weeks of the baseline; 0 where there is none. */
  readonly baselineWeeks: number;
  /** A target or its pace is asked for: facts have it. */
  readonly needsTarget: boolean;
}

/** A rule as one of those that ask a shared question. */
export interface AskingRule {
  readonly rule: AlertRule;
  readonly condition: ThresholdCondition;
  /** The one group that it is about; null for all of them. */
  readonly only: string | null;
  /** Without dimensions there is always a number: 0 where nothing happened, not nobody to ask about. */
  readonly always: boolean;
}

/** A group by its values: the value itself where there is one, "" for the company. */
export const groupKeyOf = (values: ReadonlyArray<string>): string =>
  values.length <= 1 ? (values[0] ?? "") : JSON.stringify(values);

/** Two questions with one key have one answer from facts, but for the instant that they are asked at. */
export const factsKeyOf = ({ metric, statisticName, window, by, where, compare }: CheckedQuestion): string =>
  JSON.stringify([metric.id, statisticName, window, by.map(({ dimension }) => dimension), where, compare]);

const compareOf = ({ level, resolveLevel }: ThresholdCondition): Comparison | null => {
  for (const held of [level, resolveLevel]) {
    if (held._tag === "Relative" && (held.to === "prior" || held.to === "year")) return held.to;
  }
  return null;
};

const weeksOf = (level: Level): number => (level._tag === "Baseline" ? level.weeks : 0);

const isPlanLevel = (level: Level): boolean =>
  level._tag === "Relative" && (level.to === "target" || level.to === "pace");

/** A filter on the only dimension there is turns into a group of the question by that dimension. */
const canonical = ({
  question,
}: ThresholdCondition): { readonly asked: CheckedQuestion; readonly only: string | null } => {
  const [filter, ...others] = question.where;
  const [by, ...furtherBy] = question.by;
  if (filter === undefined || others.length > 0 || furtherBy.length > 0) return { asked: question, only: null };
  const [dimension, only] = filter;
  if (by !== undefined && by.dimension !== dimension) return { asked: question, only: null };
  return { asked: { ...question, by: [{ name: dimension, dimension }], where: [] }, only };
};

/** Whether slices may have an answer at all: no plan, no ages, at most one dimension, which its measures are sliced by. */
export const isSliceable = (
  { formula }: Statistic,
  by: ReadonlyArray<Dimension>,
  where: CheckedQuestion["where"] = [],
): boolean =>
  formula._tag !== "Forecast" &&
  formula._tag !== "Age" &&
  targetsOf(formula).length === 0 &&
  measuresOf(formula).every((measure) =>
    isSliced({ measure, fromMs: null, toMs: null, upToMs: 0, by, where, want: "sums" }),
  );

/** The question of a rule, and the rule's part in it. */
export const askedBy = (
  rule: AlertRule,
  condition: ThresholdCondition,
): { readonly shared: SharedQuestion; readonly asking: AskingRule } => {
  const { asked, only } = canonical(condition);
  const by = asked.by.map(({ dimension }) => ({ name: dimension, dimension }));
  const question: CheckedQuestion = { ...asked, by, atMs: 0, compare: compareOf(condition) };
  const { formula } = question.statistic;
  const measures = measuresOf(formula);
  const baselineWeeks = Math.max(weeksOf(condition.level), weeksOf(condition.resolveLevel));
  const needsTarget = isPlanLevel(condition.level) || isPlanLevel(condition.resolveLevel);
  const dimensions = by.map(({ dimension }) => dimension);
  return {
    asking: { rule, condition, only, always: condition.question.by.length === 0 },
    shared: {
      key: `${factsKeyOf(question)} ${baselineWeeks} ${needsTarget}`,
      question,
      measures,
      isLevel: measures.some(({ level }) => level),
      isSliceable: isSliceable(question.statistic, dimensions, question.where),
      baselineWeeks,
      needsTarget,
    },
  };
};

/** The group as its alerts are labelled: by the names that the rule gives its dimensions, and with its filters. */
export const labelsOf = ({ condition, only }: AskingRule, values: ReadonlyArray<string>): Record<string, string> => {
  const { by } = condition.question;
  const filters = Object.fromEntries(condition.where);
  // The value of a filter that became a group stands in the filters already.
  if (only !== null && by.length === 0) return filters;
  return { ...filters, ...Object.fromEntries(by.map(({ name }, index) => [name, values[index] ?? ""])) };
};
