import { isoText } from "../iso-text.ts";
import type { Unit } from "../metric.ts";
import { emptyPlanBook, type PlanBook } from "../plan-book.ts";
import type { Span } from "../window/window.ts";
import { cautionsOf, type Flag } from "./cautions.ts";
import { byValues, emptyGroup, type Group, type Groups, gather, keyOfGroup } from "./gather.ts";
import { gatheredOf } from "./gathered.ts";
import { moneyIn } from "./money-parts.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { GroupPartial } from "./partial.ts";
import type { KpiPlan } from "./plan.ts";
import { type TargetLines, targetLines } from "./target-lines.ts";

/** Included and excluded; null where open. */
export interface WindowEdges {
  readonly from: string | null;
  readonly to: string | null;
}

/** The same number over another window. */
export interface ComparedAnswer {
  readonly value: number | null;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
  readonly window: WindowEdges;
}

/** One element of a KPI's JSON: the shape of `npx leadwire kpi --json` and of `/api/kpis`. Keys in this order. */
export interface KpiAnswer extends TargetLines {
  readonly metric: string;
  /** Where the metric has several numbers: which one this is. */
  readonly statistic?: string;
  readonly group: Readonly<Record<string, string>>;
  readonly value: number | null;
  readonly unit: Unit;
  /** ISO 4217; beside every amount, which is in minor units. */
  readonly currency?: string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
  readonly difference_minor?: number;
  /** Of forecasts: how many scopes sold something without one. */
  readonly missing?: number;
  /** Where a comparison was asked for; null where there is no such window (`all`). */
  readonly compare?: ComparedAnswer | null;
  /** value − compare.value; null where either is. */
  readonly change?: number | null;
  /** change / |compare.value|; null where that is 0. */
  readonly change_ratio?: number | null;
  readonly window: WindowEdges;
  readonly formula_version: number;
  readonly complete_through: string | null;
  readonly flags: ReadonlyArray<Flag>;
  /** The numbers of those flags that have one. */
  readonly flag_counts?: Readonly<Partial<Record<Flag, number>>>;
}

/** What an answer says of the log it was read from. */
export interface AnswerMeta {
  readonly currency: string;
  readonly completeThroughMs: number | null;
  /** Whether the log has any activity-logged at all. */
  readonly hasActivity: boolean;
  /** Targets and forecasts; nothing is planned where absent. */
  readonly planBook?: PlanBook;
}

const edgeText = (ms: number | null): string | null => (ms === null ? null : isoText(ms));

const edgesBySpan = new WeakMap<Span, WindowEdges>();

/** Written once for all groups of a window. */
const edgesOf = (span: Span): WindowEdges => {
  const known = edgesBySpan.get(span);
  if (known !== undefined) return known;
  const edges = { from: edgeText(span.fromMs), to: edgeText(span.toMs) };
  edgesBySpan.set(span, edges);
  return edges;
};

const partsOf = ({
  numerator,
  denominator,
  count,
}: Outcome): Pick<KpiAnswer, "numerator" | "denominator" | "count"> => ({
  ...(numerator === undefined ? {} : { numerator }),
  ...(denominator === undefined ? {} : { denominator }),
  ...(count === undefined ? {} : { count }),
});

const answerOf = (plan: KpiPlan, group: Group, meta: AnswerMeta, compared: Partial<KpiAnswer> = {}): KpiAnswer => {
  const { question, window } = plan;
  const { metric, statisticName, statistic } = question;
  const book = meta.planBook ?? emptyPlanBook;
  const gathered = gatheredOf(plan, group, book);
  const outcome = outcomeOf(statistic.formula, gathered);
  const { flags, counts } = cautionsOf(plan, gathered, outcome, meta.hasActivity);
  const { differenceMinor, missing } = outcome;
  const value = flags.includes("no_activity_data") ? null : outcome.value;
  const ofMoney = differenceMinor !== undefined || moneyIn(statistic);
  return {
    metric: question.name,
    ...(statisticName === "" ? {} : { statistic: statisticName }),
    group: Object.fromEntries(question.by.map((named, index) => [named.name, group.values[index] ?? ""])),
    value,
    unit: statistic.unit,
    ...(ofMoney ? { currency: meta.currency } : {}),
    ...partsOf(outcome),
    ...(differenceMinor === undefined ? {} : { difference_minor: differenceMinor }),
    ...(missing === undefined ? {} : { missing }),
    ...targetLines(plan, group.values, value, book),
    ...compared,
    window: edgesOf(window),
    formula_version: metric.version,
    complete_through: edgeText(meta.completeThroughMs),
    flags,
    ...(counts === undefined ? {} : { flag_counts: counts }),
  };
};

/**
 * The answer to a planned question, from what its queries found (in their order). With dimensions: one element per
 * group that has any fact, in the order of the groups' values; without: exactly one.
 */
export const answerKpi = (
  plan: KpiPlan,
  answers: ReadonlyArray<ReadonlyArray<GroupPartial>>,
  meta: AnswerMeta,
): ReadonlyArray<KpiAnswer> =>
  [...gather(plan, answers, meta.planBook ?? emptyPlanBook).values()]
    .sort(byValues)
    .map((group) => answerOf(plan, group, meta));

/** A plan and what its queries found. */
export interface AnsweredPlan {
  readonly plan: KpiPlan;
  readonly found: ReadonlyArray<ReadonlyArray<GroupPartial>>;
}

const difference = (value: number | null, other: number | null): Pick<KpiAnswer, "change" | "change_ratio"> => {
  if (value === null || other === null) return { change: null, change_ratio: null };
  const change = value - other;
  return { change, change_ratio: other === 0 ? null : change / Math.abs(other) };
};

const withCompared = (plan: KpiPlan, group: Group, meta: AnswerMeta, other: KpiAnswer | null): KpiAnswer => {
  if (other === null) return answerOf(plan, group, meta, { compare: null, change: null, change_ratio: null });
  const { value, window } = other;
  const compare = { value, ...partsOf(other), window };
  return answerOf(plan, group, meta, { compare, ...difference(answerOf(plan, group, meta).value, value) });
};

/** As `answerKpi`, each group beside the same one over the other window: groups of either side. */
export const answerCompared = (
  { plan, found }: AnsweredPlan,
  other: AnsweredPlan | null,
  meta: AnswerMeta,
): ReadonlyArray<KpiAnswer> => {
  const book = meta.planBook ?? emptyPlanBook;
  const groups = gather(plan, found, book);
  const others: Groups = other === null ? new Map() : gather(other.plan, other.found, book);
  for (const [key, { values }] of others) if (!groups.has(key)) groups.set(key, emptyGroup(values));
  return [...groups.values()].sort(byValues).map((group) => {
    if (other === null) return withCompared(plan, group, meta, null);
    const { values } = group;
    const beside = others.get(keyOfGroup(values)) ?? emptyGroup(values);
    return withCompared(plan, group, meta, answerOf(other.plan, beside, meta));
  });
};
