import { sum, total } from "../formula.ts";
import { saleAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Amounts of deals won in the window, line by line. */
export const sales = metric({
  id: "sales",
  version: 1,
  better: "higher",
  value: { unit: "money", formula: total(sum(saleAmounts)) },
  nullRule: "0 where nothing was sold. A reopened deal takes its sale back.",
  example:
    "A deal won for 12,000.00 with lines of 10,000.00 and 1,500.00: by product 10,000.00, 1,500.00 and `(none)` 500.00; together 12,000.00.",
  misleads: "One large deal can make the period; look at the number of deals and their average size.",
  beside: ["average_deal_size", "sales_growth"],
  texts: {
    en: ["Sales", "Amounts of deals won in the window"],
    ro: ["Vânzări", "Valoarea tranzacțiilor câștigate în intervalul ales"],
    pl: ["Sprzedaż", "Wartość transakcji wygranych w wybranym okresie"],
    ru: ["Продажи", "Сумма сделок, выигранных за выбранный период"],
    "zh-Hant": ["銷售額", "在所選期間內贏得的交易金額"],
  },
});
