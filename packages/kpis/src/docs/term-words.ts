import type { Measure } from "../measure.ts";
import type { Term } from "../term.ts";
import { mergedTerm } from "./merged-term.ts";

/** Which facts a measure counts: `deal_closed (won, lost)`. */
export const factsOf = (measure: Measure): string => {
  const outcomes = measure.outcomes === undefined ? "" : ` (${measure.outcomes.join(", ")})`;
  const amounts = measure.positiveAmountOnly === undefined ? "" : " with an amount above 0";
  const costs = measure.knownCostOnly === undefined ? "" : " with a cost";
  const placed = measure.placedBy === "cohort" ? ", placed by the lead's creation" : "";
  const level = measure.level ? " before the instant" : "";
  return `\`${measure.kind}\`${outcomes}${amounts}${costs}${level}${placed}`;
};

const valueNames: Readonly<Record<Measure["value"], string>> = {
  none: "count",
  amountMinor: "amount",
  costMinor: "cost",
  unitsMilli: "units",
  durationMs: "duration",
  businessMs: "business time",
};

export const valueName = (measure: Measure): string => valueNames[measure.value];

/** A count or a sum in words. */
export const termWords = (term: Term): string =>
  mergedTerm(term)
    .measures.map((measure) => `${term.take === "count" ? "count" : `Σ ${valueName(measure)}`} of ${factsOf(measure)}`)
    .join(" + ");
