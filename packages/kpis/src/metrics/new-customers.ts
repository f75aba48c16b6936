import { count, total } from "../formula.ts";
import { customersNew } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Accounts with their first ever won deal or paid subscription in the window. */
export const newCustomers = metric({
  id: "new_customers",
  version: 1,
  better: "higher",
  value: { unit: "accounts", formula: total(count(customersNew)) },
  nullRule:
    "0 where nobody became a customer. An account is new once, ever: one that left and comes back is not new again.",
  example:
    "In March ACME wins its first deal and a second one, BETA starts to pay for a subscription, and a customer of last year buys again: 2 new customers.",
  misleads:
    "Deals without an account_id count their lead as an account, so one company with three leads becomes three customers.",
  beside: ["active_customers", "cac", "churn_rate"],
  texts: {
    en: ["New customers", "Accounts with their first won deal or subscription"],
    ro: ["Clienți noi", "Conturi cu prima tranzacție câștigată sau primul abonament"],
    pl: ["Nowi klienci", "Konta z pierwszą wygraną transakcją lub pierwszą subskrypcją"],
    ru: ["Новые клиенты", "Компании с первой выигранной сделкой или первой подпиской"],
    "zh-Hant": ["新客戶數", "首次成交或首次訂閱的帳戶"],
  },
});
