import type { ZoneCalendar } from "@leadwire/funnel";
import type { Formula, Term } from "../formula.ts";
import type { Measure } from "../measure.ts";
import type { PeriodRules } from "../window/period.ts";
import { placeWindow } from "../window/place-window.ts";
import type { PlacedWindow, Span } from "../window/window.ts";
import type { PartialQuery } from "./partial.ts";
import type { CheckedQuestion } from "./question.ts";

/** What a query's answer stands for in the formula. */
export type Role = "first" | "second";

/** A question placed in time, and the queries whose answers give its numbers. */
export interface KpiPlan {
  readonly question: CheckedQuestion;
  readonly window: PlacedWindow;
  readonly queries: ReadonlyArray<{
    readonly role: Role;
    readonly take: "count" | "sum";
    readonly query: PartialQuery;
  }>;
}

const queryOf = (
  question: CheckedQuestion,
  measure: Measure,
  span: Span,
  levelMs: number,
  want: PartialQuery["want"],
): PartialQuery => ({
  measure,
  // A level is all that happened before the instant it is read at.
  fromMs: measure.level ? null : span.fromMs,
  toMs: measure.level ? levelMs : span.toMs,
  upToMs: span.atMs,
  by: question.by.map((named) => named.dimension),
  where: question.where,
  want,
});

type Planned = KpiPlan["queries"];

const plannedOf = (formula: Formula, question: CheckedQuestion, window: PlacedWindow): Planned => {
  const ofTerm = (role: Role, term: Term, span: Span, levelMs: number): Planned =>
    term.measures.map((measure) => ({
      role,
      take: term.take,
      query: queryOf(question, measure, span, levelMs, "sums"),
    }));
  const ofMeasure = (measure: Measure, want: PartialQuery["want"]): Planned => [
    { role: "first", take: "sum", query: queryOf(question, measure, window, window.levelMs, want) },
  ];
  switch (formula._tag) {
    case "Total":
      return ofTerm("first", formula.of, window, window.levelMs);
    case "Ratio":
      return [
        ...ofTerm("first", formula.numerator, window, window.levelMs),
        ...ofTerm("second", formula.denominator, window, window.levelMs),
      ];
    case "Mean":
      return ofMeasure(formula.of, "sums");
    case "Percentile":
      return ofMeasure(formula.of, "bins");
    case "Age":
      return ofMeasure(formula.of, "ages");
    case "Growth": {
      const now = ofTerm("first", formula.of, window, window.levelMs);
      const { prior } = window;
      return prior === null ? now : [...now, ...ofTerm("second", formula.of, prior, prior.toMs ?? prior.atMs)];
    }
  }
};

/** The queries whose answers make the KPI, prior window included. */
export const planKpi = (question: CheckedQuestion, calendar: ZoneCalendar, rules: PeriodRules): KpiPlan => {
  const window = placeWindow(question.window, question.atMs, calendar, rules);
  return { question, window, queries: plannedOf(question.statistic.formula, question, window) };
};
