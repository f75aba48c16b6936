import { type Expression, measuresIn, targetsIn } from "./expression.ts";
import type { Measure } from "./measure.ts";
import type { ScopeLevel } from "./plan-book.ts";
import type { Term } from "./term.ts";

/** How a number is made of measures. Integers are added up; there is one division, at the end. */
export type Formula =
  | { readonly _tag: "Total"; readonly of: Term }
  | { readonly _tag: "Ratio"; readonly numerator: Term; readonly denominator: Term }
  /** Of durations. */
  | { readonly _tag: "Mean"; readonly of: Measure }
  /** Of durations, nearest rank; a whole number of percent keeps the rank free of rounding. */
  | { readonly _tag: "Percentile"; readonly of: Measure; readonly percent: number }
  /** Of the ages of what is open in a level, nearest rank; 100 is the oldest. */
  | { readonly _tag: "Age"; readonly of: Measure; readonly percent: number }
  /** (window − prior) / prior. */
  | { readonly _tag: "Growth"; readonly of: Term }
  /** Exact arithmetic over several numbers, one division at the end. `basis` counts the facts that it rests on. */
  | {
      readonly _tag: "Fraction";
      readonly numerator: Expression;
      readonly denominator: Expression;
      readonly basis?: Term;
    }
  /** Forecasts against sales over the scopes of one level that have a forecast (kpis.md, "Plan"). */
  | {
      readonly _tag: "Forecast";
      readonly sales: Term;
      readonly level: ScopeLevel;
      /** 1 − Σ|A − F| / ΣA, or Σ(F − A) / ΣA. */
      readonly take: "accuracy" | "bias";
    };

/** How many facts. */
export const count = (...measures: ReadonlyArray<Measure>): Term => ({ measures, take: "count" });
/** Their values, added up. */
export const sum = (...measures: ReadonlyArray<Measure>): Term => ({ measures, take: "sum" });
/** A count or a sum as it is. */
export const total = (of: Term): Formula => ({ _tag: "Total", of });
/** Null where the denominator is 0. */
export const ratio = (numerator: Term, denominator: Term): Formula => ({ _tag: "Ratio", numerator, denominator });
/** (now − prior) / prior; null where the prior is 0. */
export const growth = (of: Term): Formula => ({ _tag: "Growth", of });
/** Sum / count; null where there is none. */
export const mean = (of: Measure): Formula => ({ _tag: "Mean", of });
/** Nearest rank over bins. `percent`: a whole number, 1 to 100. */
export const percentile = (percent: number, of: Measure): Formula => ({ _tag: "Percentile", of, percent });
/** A percentile of the time since the facts of a level; 100 is the oldest. */
export const age = (percent: number, of: Measure): Formula => ({ _tag: "Age", of, percent });

/** numerator / denominator; null where a part has no answer or the denominator is 0. */
export const fraction = (numerator: Expression, denominator: Expression, basis?: Term): Formula =>
  basis === undefined
    ? { _tag: "Fraction", numerator, denominator }
    : { _tag: "Fraction", numerator, denominator, basis };

/** Every measure a formula reads, once. */
export const measuresOf = (formula: Formula): ReadonlyArray<Measure> => {
  switch (formula._tag) {
    case "Ratio":
      return [...formula.numerator.measures, ...formula.denominator.measures];
    case "Total":
    case "Growth":
      return formula.of.measures;
    case "Fraction":
      return [...measuresIn(formula.numerator), ...measuresIn(formula.denominator), ...(formula.basis?.measures ?? [])];
    case "Forecast":
      return formula.sales.measures;
    default:
      return [formula.of];
  }
};

/** The metrics whose targets a formula takes: its groups are then scopes of a plan. */
export const targetsOf = (formula: Formula): ReadonlyArray<string> =>
  formula._tag === "Fraction" ? [...targetsIn(formula.numerator), ...targetsIn(formula.denominator)] : [];
