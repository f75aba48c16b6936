import type { Measure } from "../measure.ts";
import type { Term } from "../term.ts";

const sameButOutcomes = (a: Measure, b: Measure): boolean =>
  a.kind === b.kind &&
  a.value === b.value &&
  a.level === b.level &&
  a.placedBy === b.placedBy &&
  a.positiveAmountOnly === b.positiveAmountOnly &&
  a.knownCostOnly === b.knownCostOnly &&
  a.outcomes !== undefined &&
  b.outcomes !== undefined;

/** The same term with measures that differ only in their outcomes written as one: what a reader would write. */
export const mergedTerm = (term: Term): Term => {
  const merged: Measure[] = [];
  for (const measure of term.measures) {
    const index = merged.findIndex((other) => sameButOutcomes(other, measure));
    const other = merged[index];
    if (other === undefined) merged.push(measure);
    else merged[index] = { ...other, outcomes: [...(other.outcomes ?? []), ...(measure.outcomes ?? [])] };
  }
  return { ...term, measures: merged };
};
