import type { Measure } from "./measure.ts";

/** The counts or the sums of some measures, added up. */
export interface Term {
  readonly measures: ReadonlyArray<Measure>;
  readonly take: "count" | "sum";
}

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
  | { readonly _tag: "Growth"; readonly of: Term };

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

/** Every measure a formula reads, once. */
export const measuresOf = (formula: Formula): ReadonlyArray<Measure> => {
  switch (formula._tag) {
    case "Ratio":
      return [...formula.numerator.measures, ...formula.denominator.measures];
    case "Total":
    case "Growth":
      return formula.of.measures;
    default:
      return [formula.of];
  }
};
