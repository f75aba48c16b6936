import type { Dimension, ZoneCalendar } from "@leadwire/funnel";
import type { Expression, Over } from "../expression.ts";
import type { Formula } from "../formula.ts";
import type { Measure } from "../measure.ts";
import type { Term } from "../term.ts";
import type { LevelSpan, PlacedWindow } from "../window/window.ts";
import type { PartialQuery } from "./partial.ts";
import type { CheckedQuestion } from "./question.ts";

/** What a query's answer stands for: a part of the formula, the facts that it rests on, or the number of a caution. */
export type Role = "first" | "second" | "basis" | "caution";

/** The numbers that formulas are made of have an index each: these, then the leaves of expressions. */
export const leafIndex = { first: 0, second: 1, basis: 2, ofExpressions: 3 } as const;

/** One query of a plan, and where its answer goes. */
export interface PlannedQuery {
  readonly role: Role;
  /** Answers of one leaf are added up. */
  readonly leaf: number;
  readonly take: "count" | "sum";
  readonly query: PartialQuery;
  /** Where the query groups by one dimension more than the question: its place in the groups' values. */
  readonly partsAt?: number;
}

const yearMs = 365 * 86_400_000;

/** Plans the queries of one question over one window. */
export class QueryPlanner {
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
