import type { Formula, Term } from "../formula.ts";
import type { Measure } from "../measure.ts";
import { mergedTerm } from "./merged-term.ts";

/** Which facts a measure counts: `deal_closed (won, lost)`. */
const factsOf = (measure: Measure): string => {
  const outcomes = measure.outcomes === undefined ? "" : ` (${measure.outcomes.join(", ")})`;
  const amounts = measure.positiveAmountOnly === undefined ? "" : " with an amount above 0";
  const placed = measure.placedBy === "cohort" ? ", placed by the lead's creation" : "";
  const level = measure.level ? " before the instant" : "";
  return `\`${measure.kind}\`${outcomes}${amounts}${level}${placed}`;
};

const valueName = (measure: Measure): string => (measure.value === "durationMs" ? "duration" : "amount");

const termWords = (term: Term): string =>
  mergedTerm(term)
    .measures.map((measure) => `${term.take === "count" ? "count" : `Σ ${valueName(measure)}`} of ${factsOf(measure)}`)
    .join(" + ");

/** A formula in words, made from what evaluates it. */
export const formulaWords = (formula: Formula): string => {
  switch (formula._tag) {
    case "Total":
      return termWords(formula.of);
    case "Ratio":
      return `(${termWords(formula.numerator)}) / (${termWords(formula.denominator)})`;
    case "Mean":
      return `mean duration of ${factsOf(formula.of)}`;
    case "Percentile":
      return `duration at rank ⌈${formula.percent}/100 · n⌉ of ${factsOf(formula.of)}`;
    case "Age":
      return formula.percent === 100
        ? `age of the oldest lead that is open by ${factsOf(formula.of)}`
        : `age at rank ⌈${formula.percent}/100 · n⌉ of the leads that are open by ${factsOf(formula.of)}`;
    case "Growth":
      return `(window − prior) / prior, each the ${termWords(formula.of)}`;
  }
};
