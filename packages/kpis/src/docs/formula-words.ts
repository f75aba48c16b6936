import type { Formula } from "../formula.ts";
import { quotientWords } from "./expression-words.ts";
import { factsOf, termWords, valueName } from "./term-words.ts";

const levelWords = { company: "the company", team: "teams", owner: "reps" } as const;

/** A formula in words, made from what evaluates it. */
export const formulaWords = (formula: Formula): string => {
  switch (formula._tag) {
    case "Total":
      return termWords(formula.of);
    case "Ratio":
      return `(${termWords(formula.numerator)}) / (${termWords(formula.denominator)})`;
    case "Mean":
      return `mean ${valueName(formula.of)} of ${factsOf(formula.of)}`;
    case "Percentile":
      return `${valueName(formula.of)} at rank ⌈${formula.percent}/100 · n⌉ of ${factsOf(formula.of)}`;
    case "Age":
      return formula.percent === 100
        ? `age of the oldest lead that is open by ${factsOf(formula.of)}`
        : `age at rank ⌈${formula.percent}/100 · n⌉ of the leads that are open by ${factsOf(formula.of)}`;
    case "Growth":
      return `(window − prior) / prior, each the ${termWords(formula.of)}`;
    case "Fraction":
      return quotientWords(formula.numerator, formula.denominator);
    case "Forecast": {
      const value = formula.take === "accuracy" ? "1 − Σ |A − F| / Σ A" : "Σ (F − A) / Σ A";
      const scopes =
        formula.level === "company" ? "of the company" : `over the ${levelWords[formula.level]} with a forecast`;
      return `${value} ${scopes}: A is the ${termWords(formula.sales)}, F the last forecast before the period began`;
    }
  }
};
