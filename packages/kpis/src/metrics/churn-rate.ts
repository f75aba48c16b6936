import { customersLost } from "../customer-value.ts";
import { ends } from "../expression.ts";
import { fraction } from "../formula.ts";
import { customersActive } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of the customers of the window's start that are none at its end. */
export const churnRate = metric({
  id: "churn_rate",
  version: 1,
  better: "lower",
  value: { unit: "ratio", formula: fraction(customersLost, ends(customersActive, "started")) },
  nullRule:
    "Null where there was no customer at the window's start, so always over `all`. It is the window's own rate, not made monthly: a year's churn is a year's. Who joined and left within the window, or left and came back, is not in it.",
  example:
    "40 active customers on 1 March; 3 of them are none on 1 April, and 5 new ones joined: 3 / 40 = 0.075 for March.",
  misleads:
    "Rates of windows of different length cannot be compared, and a yearly rate is not twelve times a monthly one. Few customers make it jump.",
  beside: ["retention_rate", "revenue_churn", "active_customers"],
  texts: {
    en: ["Customer churn", "Customers of the window's start who were lost by its end"],
    ro: ["Rata de pierdere a clienților", "Clienții de la începutul intervalului pierduți până la sfârșitul lui"],
    pl: ["Wskaźnik utraty klientów", "Udział klientów z początku okresu utraconych do jego końca"],
    ru: ["Отток клиентов", "Доля клиентов на начало периода, потерянных к его концу"],
    "zh-Hant": ["客戶流失率", "期初客戶中到期末已流失的比例"],
  },
});
