import { ends } from "../expression.ts";
import { fraction } from "../formula.ts";
import { customersActive } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of the customers of the window's start that still are customers at its end: 1 − churn_rate. */
export const retentionRate = metric({
  id: "retention_rate",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: fraction(ends(customersActive, "kept"), ends(customersActive, "started")) },
  nullRule:
    "Null where there was no customer at the window's start, so always over `all`. The closed group of the window's start: who joined within it is in neither part. The window's own rate, not made monthly.",
  example: "40 active customers on 1 March, 37 of them still are on 1 April: 37 / 40 = 0.925; churn_rate is 0.075.",
  misleads:
    "It says that customers stayed, not that they still pay as much: read it beside gross and net revenue retention.",
  beside: ["churn_rate", "grr", "nrr"],
  texts: {
    en: ["Customer retention", "Customers of the window's start who still are at its end"],
    ro: ["Rata de retenție a clienților", "Clienții de la începutul intervalului rămași până la sfârșitul lui"],
    pl: ["Retencja klientów", "Udział klientów z początku okresu, którzy pozostali do jego końca"],
    ru: ["Удержание клиентов", "Доля клиентов на начало периода, оставшихся к его концу"],
    "zh-Hant": ["客戶留存率", "期初客戶中到期末仍留存的比例"],
  },
});
