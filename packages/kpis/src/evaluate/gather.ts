import { targetsOf } from "../formula.ts";
import type { PlanBook } from "../plan-book.ts";
import { addPartial, emptyLeaf, type LeafSum } from "./leaf-sum.ts";
import type { GroupPartial } from "./partial.ts";
import type { KpiPlan } from "./plan.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** One group of an answer, with what its queries found. */
export interface Group {
  readonly values: ReadonlyArray<string>;
  readonly leaves: Map<number, LeafSum>;
}

/** Groups by their values as text. */
export type Groups = Map<string, Group>;

export const keyOfGroup = (values: ReadonlyArray<string>): string => JSON.stringify(values);

/** A group that nothing was found of. */
export const emptyGroup = (values: ReadonlyArray<string>): Group => ({ values, leaves: new Map() });

/** Compares by code units, value after value: the same order on every machine. */
export const byValues = (a: Group, b: Group): number => {
  for (const [index, value] of a.values.entries()) {
    const other = b.values[index] ?? "";
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
};

/** A group is there through any part of its number, not through a caution about it. */
const groupOf = (groups: Groups, values: ReadonlyArray<string>, { role }: PlannedQuery): Group | undefined => {
  const key = keyOfGroup(values);
  const known = groups.get(key);
  if (known !== undefined || role === "caution") return known;
  const group = emptyGroup(values);
  groups.set(key, group);
  return group;
};

/** Scopes with a target or a forecast are groups of what is held against it, sold something or not. */
const addPlanned = (groups: Groups, plan: KpiPlan, book: PlanBook): void => {
  const { scope, window, question } = plan;
  if (scope === null || scope.level === "company") return;
  const { formula } = question.statistic;
  const targeted = targetsOf(formula);
  const names = [
    ...(targeted.length === 0 ? [] : book.targets(targeted, scope.level, scope.period).keys()),
    ...(formula._tag === "Forecast" && window.fromMs !== null
      ? book.forecasts(scope.level, scope.period, window.fromMs).keys()
      : []),
  ];
  for (const name of names) {
    const key = keyOfGroup([name]);
    if (!groups.has(key)) groups.set(key, emptyGroup([name]));
  }
};

/** Puts the answers of a plan's queries (in their order) together by group. */
export const gather = (plan: KpiPlan, answers: ReadonlyArray<ReadonlyArray<GroupPartial>>, book: PlanBook): Groups => {
  const groups: Groups = new Map();
  const width = plan.question.by.length;
  if (width === 0) groups.set(keyOfGroup([]), emptyGroup([]));
  for (const [index, planned] of plan.queries.entries()) {
    for (const partial of answers[index] ?? []) {
      // A level that everything has left again is no group any more.
      if (planned.query.measure.level && partial.count === 0n) continue;
      const values = partial.group.length > width ? partial.group.slice(0, width) : partial.group;
      const group = groupOf(groups, values, planned);
      if (group === undefined) continue;
      const leaf = group.leaves.get(planned.leaf) ?? emptyLeaf();
      group.leaves.set(planned.leaf, leaf);
      addPartial(leaf, planned, partial);
    }
  }
  addPlanned(groups, plan, book);
  return groups;
};
