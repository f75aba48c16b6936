import { months, multiply, taken } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { customersActive, mrrLevel, saleAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Revenue per active customer and month: of subscriptions, or of sales. */
export const arpa = metric({
  id: "arpa",
  version: 1,
  better: "higher",
  value: {
    default: "mrr",
    statistics: {
      mrr: {
        unit: "money",
        formula: fraction(taken(sum(mrrLevel)), taken(count(customersActive)), count(customersActive)),
      },
      revenue: {
        unit: "money",
        formula: fraction(
          taken(sum(saleAmounts)),
          multiply(months, taken(count(customersActive))),
          count(customersActive),
        ),
      },
    },
  },
  nullRule:
    "Null where there is no active customer at the window's end. Both are per month: mrr is as it stands at the window's end, sales are divided by the window's length in months: a calendar month is 1 (also while it still runs), a quarter 3, any other window its hours / 730.5. Over `all`, which has no length, `.revenue` is null.",
  example:
    "4,000.00 of mrr and 50 active customers on 31 March: 80.00. Sales of 90,000.00 from January to March: 90,000 / (3 × 50) = 600.00.",
  misleads:
    "Customers without a subscription lower the first number, large single deals raise the second; a mean says little where a few accounts pay most.",
  beside: ["mrr", "active_customers", "cltv"],
  texts: {
    en: ["Average revenue per account", "Monthly recurring revenue per active customer"],
    ro: ["Venitul mediu per client", "Venitul lunar recurent per client activ"],
    pl: ["Średni przychód na klienta", "Miesięczny przychód powtarzalny na aktywnego klienta"],
    ru: ["Средний доход на клиента", "Ежемесячный регулярный доход на одного активного клиента"],
    "zh-Hant": ["每客戶平均收入", "每位活躍客戶的每月經常性收入"],
  },
});
