import type { ZoneCalendar } from "@leadwire/funnel";
import { type Expression, leavesOf } from "../expression.ts";
import type { ScopeLevel } from "../plan-book.ts";
import type { Rational } from "../rational.ts";
import { type BusinessDayRules, elapsedShare } from "../window/business-days.ts";
import type { PeriodRules } from "../window/period.ts";
import { comparedWindow, placeWindow } from "../window/place-window.ts";
import type { PlacedWindow } from "../window/window.ts";
import { leafIndex, type PlannedQuery, QueryPlanner, type Role } from "./query-planner.ts";
import type { CheckedQuestion } from "./question.ts";

/** A question placed in time, and the queries whose answers give its numbers. */
export interface KpiPlan {
  readonly question: CheckedQuestion;
  readonly window: PlacedWindow;
  readonly queries: ReadonlyArray<PlannedQuery>;
  /** The leaves of the statistic's expressions that need facts, by their index. */
  readonly leaves: ReadonlyMap<Expression, number>;
  /** Whose targets and forecasts the groups are held against; null where groups are no scopes of a plan. */
  readonly scope: { readonly level: ScopeLevel; readonly period: string } | null;
  /** Business days begun by the instant asked at / all; null where the window is no calendar period or has none. */
  readonly elapsed: () => Rational | null;
}

/** What of a workspace places windows and their business days. */
export type PlanRules = PeriodRules & BusinessDayRules;

const heldAgainst = ({ by, where }: CheckedQuestion, { period }: PlacedWindow): KpiPlan["scope"] => {
  if (period === null || period.text === "" || where.length > 0 || by.length > 1) return null;
  const level = by[0]?.dimension ?? "company";
  return level === "company" || level === "owner" || level === "team" ? { level, period: period.text } : null;
};

const planOver = (
  question: CheckedQuestion,
  window: PlacedWindow,
  calendar: ZoneCalendar,
  rules: PlanRules,
): KpiPlan => {
  const { formula, cautions = [] } = question.statistic;
  const planner = new QueryPlanner(question, window, calendar);
  const leaves = new Map<Expression, number>();
  const queries = [...planner.ofFormula(formula)];
  const addLeaves = (role: Role, expression: Expression): void => {
    for (const node of leavesOf(expression)) {
      if (leaves.has(node)) continue;
      const leaf = leafIndex.ofExpressions + leaves.size;
      leaves.set(node, leaf);
      queries.push(...planner.ofLeaf(role, leaf, node));
    }
  };
  if (formula._tag === "Fraction") {
    addLeaves("first", formula.numerator);
    addLeaves("second", formula.denominator);
  }
  for (const caution of cautions) addLeaves("caution", caution.count);
  const { period, atMs } = window;
  return {
    question,
    window,
    queries,
    leaves,
    scope: heldAgainst(question, window),
    elapsed: () => (period === null ? null : elapsedShare(period, atMs, calendar, rules)),
  };
};

/** The queries whose answers make the KPI, prior window included. */
export const planKpi = (question: CheckedQuestion, calendar: ZoneCalendar, rules: PlanRules): KpiPlan =>
  planOver(question, placeWindow(question.window, question.atMs, calendar, rules), calendar, rules);

/** The same question over the window that it is compared with; null where it asks for none, or there is none (`all`). */
export const planCompared = (plan: KpiPlan, calendar: ZoneCalendar, rules: PlanRules): KpiPlan | null => {
  const { question } = plan;
  if (question.compare === null) return null;
  const window = comparedWindow(plan.window, question.compare, calendar, rules);
  return window === null ? null : planOver(question, window, calendar, rules);
};
