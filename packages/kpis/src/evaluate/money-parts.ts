import type { Expression } from "../expression.ts";
import type { Measure } from "../measure.ts";
import type { Statistic } from "../metric.ts";
import type { Term } from "../term.ts";

const isMoney = ({ value }: Measure): boolean => value === "amountMinor" || value === "costMinor";

const ofTerm = ({ measures, take }: Term): boolean => take === "sum" && measures.some(isMoney);

/** Whether an expression reads amounts at all. */
const readsMoney = (node: Expression): boolean => {
  switch (node._tag) {
    case "Taken":
      return ofTerm(node.term);
    case "Weighed":
      return isMoney(node.of);
    case "Due":
      return node.take === "sum" && isMoney(node.of);
    case "Ends":
      return node.take !== "started" && node.take !== "kept" && isMoney(node.of);
    case "Target":
      // In the unit of what is held against it.
      return true;
    case "Positive":
      return readsMoney(node.of);
    case "Add":
    case "Subtract":
    case "Multiply":
    case "Divide":
      return readsMoney(node.left) || readsMoney(node.right);
    default:
      return false;
  }
};

/** Whether the value of a statistic, or both parts of it, are amounts: they stand beside a currency. */
export const moneyIn = ({ unit, formula }: Statistic): boolean => {
  if (unit === "money" || unit === "money_per_day") return true;
  if (formula._tag === "Forecast") return true;
  if (formula._tag === "Ratio") return ofTerm(formula.numerator) && ofTerm(formula.denominator);
  return formula._tag === "Fraction" && readsMoney(formula.numerator) && readsMoney(formula.denominator);
};
