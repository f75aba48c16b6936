import { growth, sum } from "../formula.ts";
import { saleAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Growth of sales against the window before, with the difference in money beside it. */
export const salesGrowth = metric({
  id: "sales_growth",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: growth(sum(saleAmounts)) },
  nullRule: "Null where the prior window has no sales, and over `all`, which has no prior.",
  example:
    "Sales of 50,000.00 in March and 40,000.00 in February: (50,000 − 40,000) / 40,000 = 0.25, difference 10,000.00.",
  misleads:
    "A running period is compared with the same elapsed part of the one before; seasons and single large deals move it most.",
  beside: ["sales", "average_deal_size"],
  texts: {
    en: ["Sales growth", "Change of sales against the prior window"],
    ro: ["Creșterea vânzărilor", "Variația vânzărilor față de intervalul anterior"],
    pl: ["Wzrost sprzedaży", "Zmiana sprzedaży względem poprzedniego okresu"],
    ru: ["Рост продаж", "Изменение продаж к предыдущему периоду"],
    "zh-Hant": ["銷售成長率", "銷售額相較前一期間的變化"],
  },
});
