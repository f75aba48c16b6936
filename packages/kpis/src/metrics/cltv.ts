import { grossMargin, missingCost, monthlyChurn, mrrPerCustomer, salesPerCustomerMonth } from "../customer-value.ts";
import { dividedBy, ends, multiply, whole } from "../expression.ts";
import { count, fraction } from "../formula.ts";
import { customersActive } from "../measures/index.ts";
import { metric } from "../metric.ts";

const retention = dividedBy(ends(customersActive, "kept"), ends(customersActive, "started"));

/** What a customer brings in margin over its life. */
export const cltv = metric({
  id: "cltv",
  version: 1,
  better: "higher",
  value: {
    default: "churn",
    statistics: {
      churn: {
        unit: "money",
        formula: fraction(multiply(mrrPerCustomer, grossMargin), monthlyChurn, count(customersActive)),
        cautions: [missingCost],
      },
      retention: {
        unit: "money",
        formula: fraction(
          multiply(multiply(grossMargin, retention), salesPerCustomerMonth),
          whole(1),
          count(customersActive),
        ),
        cautions: [missingCost],
      },
    },
  },
  nullRule:
    "Null where no customer of the window's start was lost, where there was none at its start (so always over `all`), where no sold line states a cost, or where nobody is active at its end. The window's churn is divided by its length in months (a calendar month is 1, a quarter 3, any other window its hours / 730.5); of `.retention` the sales are made monthly and the retention is the window's.",
  example:
    "Over a quarter: mrr 4,000.00 of 50 active customers, margin 0.6, 3 of 40 customers lost: churn per month 0.075 / 3 = 0.025; 80.00 × 0.6 / 0.025 = 1,920.00. `.retention`, with sales of 600.00 per customer and month: 0.6 × 0.925 × 600.00 = 333.00.",
  misleads:
    "With few customers one that leaves or stays changes it by half; use a long window, a quarter or a year, and never read it to the cent.",
  beside: ["arpa", "churn_rate", "ltv_to_cac"],
  texts: {
    en: ["Customer lifetime value", "What a customer brings in margin before it leaves"],
    ro: ["Valoarea clientului pe durata relației", "Marja pe care o aduce un client până când pleacă"],
    pl: ["Wartość życiowa klienta", "Marża, którą klient przynosi, zanim odejdzie"],
    ru: ["Пожизненная ценность клиента", "Маржа, которую клиент приносит до ухода"],
    "zh-Hant": ["客戶終身價值", "客戶在流失前帶來的毛利"],
  },
});
