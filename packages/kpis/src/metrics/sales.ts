import { subtract, taken } from "../expression.ts";
import { count, fraction, sum, total } from "../formula.ts";
import { costedSales, saleAmounts, saleCosts, saleUnits } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Amounts of deals won in the window, line by line; their units, cost and margin. */
export const sales = metric({
  id: "sales",
  version: 1,
  better: "higher",
  value: {
    default: "",
    statistics: {
      "": { unit: "money", formula: total(sum(saleAmounts)) },
      units: { unit: "units", formula: total(sum(saleUnits)) },
      cost: { unit: "money", formula: total(sum(saleCosts)) },
      margin: {
        unit: "ratio",
        formula: fraction(
          subtract(taken(sum(costedSales)), taken(sum(saleCosts))),
          taken(sum(costedSales)),
          count(costedSales),
        ),
        cautions: [{ flag: "missing_cost", count: subtract(taken(count(saleAmounts)), taken(count(costedSales))) }],
      },
    },
  },
  nullRule:
    "0 where nothing was sold. A reopened deal takes its sale back. `.margin` is over the lines that state a cost: null where none does. What no line accounts for has neither units nor cost.",
  example:
    "A deal won for 12,000.00 with lines of 10,000.00 and 1,500.00: by product 10,000.00, 1,500.00 and `(none)` 500.00; together 12,000.00. The first line cost 6,000.00, the second states no cost: margin (10,000 − 6,000) / 10,000 = 0.4.",
  misleads:
    "One large deal can make the period; look at the number of deals and their average size. A margin over few costed lines says little of the rest.",
  beside: ["average_deal_size", "sales_growth"],
  texts: {
    en: ["Sales", "Amounts of deals won in the window"],
    ro: ["Vânzări", "Valoarea tranzacțiilor câștigate în intervalul ales"],
    pl: ["Sprzedaż", "Wartość transakcji wygranych w wybranym okresie"],
    ru: ["Продажи", "Сумма сделок, выигранных за выбранный период"],
    "zh-Hant": ["銷售額", "在所選期間內贏得的交易金額"],
  },
});
