import { count, total } from "../formula.ts";
import { customersActive } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Accounts that are customers at the window's end: a level. */
export const activeCustomers = metric({
  id: "active_customers",
  version: 1,
  better: "higher",
  value: { unit: "accounts", formula: total(count(customersActive)) },
  nullRule:
    "0 where there is none. Read at the window's end, whatever the window's length: an account with a won deal is active until the contract's term ends, or for `customer_active_for` where none was stated, and a subscriber while it pays.",
  example:
    "On 31 December: an account with a 24-month contract from March of last year, one that pays 49.00 per month, and one that bought once 14 months ago: 2 active customers, since the third's 365 days are over.",
  misleads:
    "Of a customer without a contract's term nobody knows when it leaves: it counts for as long as the workspace says, and a reopened deal takes its customer back.",
  beside: ["new_customers", "churn_rate", "mrr"],
  texts: {
    en: ["Active customers", "Accounts that are customers at the window's end"],
    ro: ["Clienți activi", "Conturile care sunt clienți la sfârșitul intervalului"],
    pl: ["Aktywni klienci", "Konta, które są klientami na koniec okresu"],
    ru: ["Активные клиенты", "Компании, которые являются клиентами на конец периода"],
    "zh-Hant": ["活躍客戶數", "期末仍為客戶的帳戶"],
  },
});
