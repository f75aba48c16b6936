import { missingCost } from "../customer-value.ts";
import { subtract, taken } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { allSpend, dealsWon, saleAmounts, saleCosts } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of sales that is left after the cost of what was sold and everything that was spent. */
export const profitMargin = metric({
  id: "profit_margin",
  version: 1,
  better: "higher",
  value: {
    unit: "ratio",
    formula: fraction(
      subtract(subtract(taken(sum(saleAmounts)), taken(sum(saleCosts))), taken(sum(allSpend))),
      taken(sum(saleAmounts)),
      count(dealsWon),
    ),
    cautions: [missingCost],
  },
  nullRule:
    "Null where nothing was sold. Below 0 where cost and spend exceed the sales. Every category of spend is in it, production too; spend lies on its days, so the window's length needs no treatment.",
  example:
    "Sales of 10,000.00 in March, whose lines cost 4,000.00; 3,100.00 of advertising: (10,000 − 4,000 − 3,100) / 10,000 = 0.29.",
  misleads:
    "Lines without a cost count as if they cost nothing; who records production both as lines' cost and as spend counts it twice.",
  beside: ["sales", "cac"],
  texts: {
    en: ["Profit margin", "What is left of sales after cost and spend"],
    ro: ["Marja de profit", "Ce rămâne din vânzări după costuri și cheltuieli"],
    pl: ["Marża zysku", "Co zostaje ze sprzedaży po odjęciu kosztów i wydatków"],
    ru: ["Рентабельность продаж", "Что остаётся от продаж после себестоимости и расходов"],
    "zh-Hant": ["利潤率", "銷售額扣除成本與支出後所剩的比例"],
  },
});
