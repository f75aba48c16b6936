import { multiply, taken, whole } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { mrrLevel } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Annual recurring revenue: twelve times the mrr, a level. */
export const arr = metric({
  id: "arr",
  version: 1,
  better: "higher",
  value: {
    unit: "money",
    formula: fraction(multiply(whole(12), taken(sum(mrrLevel))), whole(1), count(mrrLevel)),
  },
  nullRule: "0 where nobody subscribes. A level: read at the window's end, whatever the window's length.",
  example: "Subscriptions of 49.00 and 151.00 per month at the month's end: 12 × 200.00 = 2,400.00.",
  misleads:
    "It says what twelve months would bring if nothing changed; customers who may leave every month make it a hope, not a contract.",
  beside: ["mrr", "annual_contract_value", "churn_rate"],
  texts: {
    en: ["Annual recurring revenue", "Twelve times the monthly recurring revenue"],
    ro: ["Venitul anual recurent", "De douăsprezece ori venitul lunar recurent"],
    pl: ["Roczny przychód powtarzalny", "Dwunastokrotność miesięcznego przychodu powtarzalnego"],
    ru: ["Годовой регулярный доход", "Ежемесячный регулярный доход, умноженный на двенадцать"],
    "zh-Hant": ["年度經常性收入", "每月經常性收入的十二倍"],
  },
});
