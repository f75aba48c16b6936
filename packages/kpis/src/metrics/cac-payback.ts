import { grossMargin, missingCost } from "../customer-value.ts";
import { multiply, taken } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { acquisitionSpend, mrrNew } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Months until the margin on the new customers' subscriptions has paid what winning them cost. */
export const cacPayback = metric({
  id: "cac_payback",
  version: 1,
  better: "lower",
  value: {
    unit: "months",
    formula: fraction(taken(sum(acquisitionSpend)), multiply(taken(sum(mrrNew)), grossMargin), count(mrrNew)),
    cautions: [missingCost],
  },
  nullRule:
    "Null where nobody began to subscribe, where no sold line states a cost, and where the margin is 0. Spend and new mrr are both the window's, so its length cancels out: the answer is in months for any window. Production is left out of the spend.",
  example:
    "6,000.00 spent in March, new subscriptions of 1,000.00 per month, margin 0.6: 6,000 / (1,000 × 0.6) = 10 months.",
  misleads:
    "The margin is that of all deals won in the window, not of the subscriptions; customers who leave before the payback never pay back. Below 0 where the lines cost more than they were sold for.",
  beside: ["cac", "ltv_to_cac", "churn_rate"],
  texts: {
    en: ["CAC payback", "Months until the margin on new customers has paid for winning them"],
    ro: ["Recuperarea costului de achiziție", "Lunile până când marja clienților noi acoperă costul atragerii lor"],
    pl: [
      "Okres zwrotu kosztu pozyskania",
      "Liczba miesięcy, po których marża nowych klientów pokrywa koszt ich pozyskania",
    ],
    ru: ["Окупаемость привлечения", "За сколько месяцев маржа новых клиентов покрывает расходы на их привлечение"],
    "zh-Hant": ["獲客成本回收期", "新客戶的毛利收回獲客成本所需的月數"],
  },
});
