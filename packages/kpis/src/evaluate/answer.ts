import type { Unit } from "../metric.ts";
import type { Span } from "../window/window.ts";
import { type Gathered, type Outcome, outcomeOf } from "./outcome.ts";
import type { GroupPartial } from "./partial.ts";
import type { KpiPlan, Role } from "./plan.ts";

/** Cautions that stand beside a value. */
export type Flag = "small_sample" | "no_activity_data" | "no_prior";

/** One element of a KPI's JSON: the shape of `npx leadwire kpi --json` and of `/api/kpis`. Keys in this order. */
export interface KpiAnswer {
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
  /** Included and excluded; null where open. */
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly formula_version: number;
  readonly complete_through: string | null;
  readonly flags: ReadonlyArray<Flag>;
}

/** What an answer says of the log it was read from. */
export interface AnswerMeta {
  readonly currency: string;
  readonly completeThroughMs: number | null;
  /** Whether the log has any activity-logged at all. */
  readonly hasActivity: boolean;
}

const smallSample = 10;

/** ISO 8601 in UTC with milliseconds; throws beyond the years that it can write. */
const isoText = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const windowText = (span: Span): KpiAnswer["window"] => ({ from: isoText(span.fromMs), to: isoText(span.toMs) });

interface Group {
  readonly values: ReadonlyArray<string>;
  readonly roles: Record<Role, { count: bigint; taken: bigint }>;
  bins: Gathered["bins"];
  ages: Gathered["ages"];
}

const emptyGroup = (values: ReadonlyArray<string>): Group => ({
  values,
  roles: { first: { count: 0n, taken: 0n }, second: { count: 0n, taken: 0n } },
  bins: [],
  ages: [],
});

/** Compares by code units, value after value: the same order on every machine. */
const byValues = (a: Group, b: Group): number => {
  for (const [index, value] of a.values.entries()) {
    const other = b.values[index] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
};

const gather = (plan: KpiPlan, answers: ReadonlyArray<ReadonlyArray<GroupPartial>>): ReadonlyArray<Group> => {
  const groups = new Map<string, Group>();
  if (plan.question.by.length === 0) groups.set("[]", emptyGroup([]));
  for (const [index, planned] of plan.queries.entries()) {
    for (const partial of answers[index] ?? []) {
      // A level that everything has left again is no group any more.
      if (planned.query.measure.level && partial.count === 0n) continue;
      const key = JSON.stringify(partial.group);
      const group = groups.get(key) ?? emptyGroup(partial.group);
      groups.set(key, group);
      const role = group.roles[planned.role];
      role.count += partial.count;
      role.taken += planned.take === "count" ? partial.count : partial.sum;
      if (partial.bins !== undefined) group.bins = partial.bins;
      if (partial.ages !== undefined) group.ages = partial.ages;
    }
  }
  return [...groups.values()].sort(byValues);
};

const flagsOf = (plan: KpiPlan, outcome: Outcome, meta: AnswerMeta): ReadonlyArray<Flag> => {
  const flags: Flag[] = [];
  if (plan.question.metric.needsActivity && !meta.hasActivity) flags.push("no_activity_data");
  if (plan.question.statistic.formula._tag === "Growth" && plan.window.prior === null) flags.push("no_prior");
  if (outcome.basis !== undefined && outcome.basis < smallSample) flags.push("small_sample");
  return flags;
};

const answerOf = (plan: KpiPlan, group: Group, meta: AnswerMeta): KpiAnswer => {
  const { question, window } = plan;
  const { metric, statisticName, statistic } = question;
  const { first, second } = group.roles;
  const gathered = { first, second, bins: group.bins, ages: group.ages };
  const outcome = outcomeOf(statistic.formula, gathered, statistic.unit, window.prior !== null);
  const flags = flagsOf(plan, outcome, meta);
  const { numerator, denominator, count, differenceMinor } = outcome;
  return {
    metric: question.name,
    ...(statisticName === "" ? {} : { statistic: statisticName }),
    group: Object.fromEntries(question.by.map((named, index) => [named.name, group.values[index] ?? ""])),
    value: flags.includes("no_activity_data") ? null : outcome.value,
    unit: statistic.unit,
    ...(statistic.unit === "money" || differenceMinor !== undefined ? { currency: meta.currency } : {}),
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
    ...(count === undefined ? {} : { count }),
    ...(differenceMinor === undefined ? {} : { difference_minor: differenceMinor }),
    window: windowText(window),
    formula_version: metric.version,
    complete_through: isoText(meta.completeThroughMs),
    flags,
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
): ReadonlyArray<KpiAnswer> => gather(plan, answers).map((group) => answerOf(plan, group, meta));
