import type { Dimension, ZoneCalendar } from "@leadwire/funnel";
import { type Expression, leavesOf, type Over } from "../expression.ts";
import type { Formula, Term } from "../formula.ts";
import type { Measure } from "../measure.ts";
import type { ScopeLevel } from "../plan-book.ts";
import type { Rational } from "../rational.ts";
import { type BusinessDayRules, elapsedShare } from "../window/business-days.ts";
import type { PeriodRules } from "../window/period.ts";
import { comparedWindow, placeWindow } from "../window/place-window.ts";
import type { LevelSpan, PlacedWindow } from "../window/window.ts";
import type { PartialQuery } from "./partial.ts";
import type { CheckedQuestion } from "./question.ts";

/** What a query's answer stands for: a part of the formula, the facts that it rests on, or the number of a caution. */
export type Role = "first" | "second" | "basis" | "caution";

/** The numbers that formulas are made of have an index each: these, then the leaves of expressions. */
export const leafIndex = { first: 0, second: 1, basis: 2, ofExpressions: 3 } as const;

export interface PlannedQuery {
  readonly role: Role;
  /** Answers of one leaf are added up. */
  readonly leaf: number;
  readonly take: "count" | "sum";
  readonly query: PartialQuery;
  /** Where the query groups by one dimension more than the question: its place in the groups' values. */
  readonly partsAt?: number;
}

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

export type PlanRules = PeriodRules & BusinessDayRules;

const yearMs = 365 * 86_400_000;

/** Plans the queries of one question over one window. */
class Planner {
  readonly #question: CheckedQuestion;
  readonly #window: PlacedWindow;
  readonly #calendar: ZoneCalendar;

  constructor(question: CheckedQuestion, window: PlacedWindow, calendar: ZoneCalendar) {
    this.#question = question;
    this.#window = window;
    this.#calendar = calendar;
  }

  ofFormula(formula: Formula): ReadonlyArray<PlannedQuery> {
    const { first, second, basis } = leafIndex;
    const window = this.#window;
    switch (formula._tag) {
      case "Total":
        return this.#ofTerm("first", first, formula.of, window);
      case "Ratio":
        return [
          ...this.#ofTerm("first", first, formula.numerator, window),
          ...this.#ofTerm("second", second, formula.denominator, window),
        ];
      case "Mean":
        return this.#ofMeasure("first", first, formula.of, "sums", window);
      case "Percentile":
        return this.#ofMeasure("first", first, formula.of, "bins", window);
      case "Age":
        return this.#ofMeasure("first", first, formula.of, "ages", window);
      case "Growth": {
        const now = this.#ofTerm("first", first, formula.of, window);
        return window.prior === null ? now : [...now, ...this.#ofTerm("second", second, formula.of, window.prior)];
      }
      case "Fraction":
        return formula.basis === undefined
          ? []
          : this.#ofTerm("basis", basis, { ...formula.basis, take: "count" }, window);
      case "Forecast":
        if (formula.level === "company") return this.#ofTerm("first", first, formula.sales, window);
        return this.#byPart("first", first, formula.sales, formula.level, window);
    }
  }

  ofLeaf(role: Role, leaf: number, node: Expression): ReadonlyArray<PlannedQuery> {
    const window = this.#window;
    switch (node._tag) {
      case "Taken": {
        const span = this.#spanOf(node.over);
        return span === null ? [] : this.#ofTerm(role, leaf, node.term, span);
      }
      case "Weighed": {
        const span = this.#spanOf(node.over);
        return span === null ? [] : this.#ofMeasure(role, leaf, node.of, "bins", span);
      }
      case "DistinctOwners": {
        const span = this.#spanOf(node.over);
        return span === null ? [] : this.#byPart(role, leaf, { measures: [node.of], take: "count" }, "owner", span);
      }
      case "Ends": {
        const query = { ...this.#queryOf(node.of, "ends", window), fromMs: window.fromMs };
        return [{ role, leaf, take: "sum", query }];
      }
      case "Due": {
        const dayMs = this.#calendar.dayStartOf(window.levelMs);
        const due = node.which === "overdue" ? { fromMs: null, toMs: dayMs } : { fromMs: dayMs, toMs: window.toMs };
        return [{ role, leaf, take: node.take, query: { ...this.#queryOf(node.of, "sums", window), due } }];
      }
      default:
        return [];
    }
  }

  #spanOf(over: Over): LevelSpan | null {
    const { levelMs, atMs } = this.#window;
    switch (over) {
      case "window":
        return this.#window;
      case "prior":
        return this.#window.prior;
      case "trailing_year":
        return { fromMs: levelMs - yearMs, toMs: levelMs, atMs, levelMs };
    }
  }

  #queryOf(measure: Measure, want: PartialQuery["want"], span: LevelSpan): PartialQuery {
    return {
      measure,
      // A level is all that happened before the instant it is read at.
      fromMs: measure.level ? null : span.fromMs,
      toMs: measure.level ? span.levelMs : span.toMs,
      upToMs: span.atMs,
      by: this.#question.by.map((named) => named.dimension),
      where: this.#question.where,
      want,
    };
  }

  #ofTerm(role: Role, leaf: number, { measures, take }: Term, span: LevelSpan): ReadonlyArray<PlannedQuery> {
    return measures.map((measure) => ({ role, leaf, take, query: this.#queryOf(measure, "sums", span) }));
  }

  #ofMeasure(
    role: Role,
    leaf: number,
    measure: Measure,
    want: PartialQuery["want"],
    span: LevelSpan,
  ): ReadonlyArray<PlannedQuery> {
    return [{ role, leaf, take: "sum", query: this.#queryOf(measure, want, span) }];
  }

  /** Each group in its parts by one dimension more, or as it is where the question groups by it already. */
  #byPart(role: Role, leaf: number, term: Term, dimension: Dimension, span: LevelSpan): ReadonlyArray<PlannedQuery> {
    return this.#ofTerm(role, leaf, term, span).map((planned) => {
      const at = planned.query.by.indexOf(dimension);
      if (at >= 0) return { ...planned, partsAt: at };
      const by = [...planned.query.by, dimension];
      return { ...planned, query: { ...planned.query, by }, partsAt: by.length - 1 };
    });
  }
}

const scopeOf = ({ by, where }: CheckedQuestion, { period }: PlacedWindow): KpiPlan["scope"] => {
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
  const planner = new Planner(question, window, calendar);
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
    scope: scopeOf(question, window),
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
