import { ends } from "../expression.ts";
import { fraction } from "../formula.ts";
import { mrrLevel } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** What the accounts of the window's start pay at its end, growth included, against what they paid at its start. */
export const nrr = metric({
  id: "nrr",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: fraction(ends(mrrLevel, "endSum"), ends(mrrLevel, "startSum")) },
  nullRule:
    "Null where there was no recurring revenue at the window's start, so always over `all`. Only accounts that paid at the start are in it: new ones, and those that come back, are not. The window's own rate, not made monthly.",
  example:
    "On 1 March A pays 100.00, B 200.00, C 50.00; on 1 April A pays 150.00, B 120.00, C nothing, and D, who is new, 500.00: (150 + 120 + 0) / 350 = 0.7714.",
  misleads: "One account that grows much hides many that leave: read it beside gross retention and customer churn.",
  beside: ["grr", "churn_rate", "mrr"],
  texts: {
    en: ["Net revenue retention", "Recurring revenue of the start's accounts at the end, growth included"],
    ro: ["Retenția netă a veniturilor", "Venitul recurent al clienților de la început, cu tot cu creșteri"],
    pl: ["Retencja przychodów netto", "Powtarzalny przychód klientów z początku okresu, łącznie ze wzrostami"],
    ru: ["Чистое удержание выручки", "Регулярный доход начальных клиентов на конец периода с учётом роста"],
    "zh-Hant": ["淨營收留存率", "期初客戶於期末的經常性收入比例（含增購）"],
  },
});
