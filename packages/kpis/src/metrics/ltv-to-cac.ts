import { acquisitionCost, grossMargin, missingCost, monthlyChurn, mrrPerCustomer } from "../customer-value.ts";
import { dividedBy, multiply } from "../expression.ts";
import { count, fraction } from "../formula.ts";
import { customersNew } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Customer lifetime value per acquisition cost, of the same group and window. */
export const ltvToCac = metric({
  id: "ltv_to_cac",
  version: 1,
  better: "higher",
  value: {
    unit: "x",
    formula: fraction(
      dividedBy(multiply(mrrPerCustomer, grossMargin), monthlyChurn),
      acquisitionCost,
      count(customersNew),
    ),
    cautions: [missingCost],
  },
  nullRule:
    "Null where cltv or cac has no answer, and where nothing was spent. cltv is by the month inside, cac is the window's spend per new customer of the window, so both are per customer and the window's length cancels out.",
  example: "A lifetime value of 1,920.00 and an acquisition cost of 480.00: 1,920 / 480 = 4.",
  misleads:
    "It inherits what misleads in both parts: little churn in a short window makes it very large; spend that nobody records, too.",
  beside: ["cltv", "cac", "cac_payback"],
  texts: {
    en: ["LTV to CAC", "Customer lifetime value as a multiple of acquisition cost"],
    ro: ["Raportul LTV/CAC", "Valoarea clientului pe durata relației raportată la costul de achiziție"],
    pl: ["Stosunek LTV do CAC", "Wartość życiowa klienta w stosunku do kosztu jego pozyskania"],
    ru: ["Отношение LTV к CAC", "Пожизненная ценность клиента к стоимости его привлечения"],
    "zh-Hant": ["LTV/CAC 比值", "客戶終身價值相對於獲客成本的倍數"],
  },
});
