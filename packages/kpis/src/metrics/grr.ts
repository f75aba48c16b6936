import { ends } from "../expression.ts";
import { fraction } from "../formula.ts";
import { mrrLevel } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Recurring revenue of the window's start that is left at its end, growth not counted: never above 1. */
export const grr = metric({
  id: "grr",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: fraction(ends(mrrLevel, "lesserSum"), ends(mrrLevel, "startSum")) },
  nullRule:
    "Null where there was no recurring revenue at the window's start, so always over `all`. Each account is compared at the window's two ends, the lesser of both counts; the window's own rate, not made monthly.",
  example:
    "On 1 March A pays 100.00, B 200.00, C 50.00; on 1 April A pays 150.00, B 120.00, C nothing: (100 + 120 + 0) / 350 = 0.6286.",
  misleads:
    "An account that shrank and grew again within the window lost nothing by it; growth of others never mends it.",
  beside: ["nrr", "revenue_churn", "retention_rate"],
  texts: {
    en: ["Gross revenue retention", "Recurring revenue of the window's start that is left, without growth"],
    ro: [
      "Retenția brută a veniturilor",
      "Venitul recurent de la începutul intervalului care s-a păstrat, fără creșteri",
    ],
    pl: ["Retencja przychodów brutto", "Powtarzalny przychód z początku okresu, który pozostał, bez wzrostów"],
    ru: ["Валовое удержание выручки", "Доля начального регулярного дохода, оставшаяся без учёта роста"],
    "zh-Hant": ["總營收留存率", "期初經常性收入留存的比例（不計增購）"],
  },
});
