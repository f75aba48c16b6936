import { ends, subtract } from "../expression.ts";
import { fraction } from "../formula.ts";
import { mrrLevel } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of the recurring revenue of the window's start that cancelling and shrinking took: 1 − grr. */
export const revenueChurn = metric({
  id: "revenue_churn",
  version: 1,
  better: "lower",
  value: {
    unit: "ratio",
    formula: fraction(subtract(ends(mrrLevel, "startSum"), ends(mrrLevel, "lesserSum")), ends(mrrLevel, "startSum")),
  },
  nullRule:
    "Null where there was no recurring revenue at the window's start, so always over `all`. Each account is compared at the window's two ends; the window's own rate, not made monthly.",
  example:
    "On 1 March A pays 100.00, B 200.00, C 50.00; on 1 April A pays 150.00, B 120.00, C nothing: (80 + 50) / 350 = 0.3714.",
  misleads:
    "It differs from the movements contraction and churn of `mrr` where an account moved several times within the window: here only its two ends count.",
  beside: ["grr", "churn_rate", "mrr"],
  texts: {
    en: ["Revenue churn", "Recurring revenue of the window's start lost by cancelling and shrinking"],
    ro: ["Rata de pierdere a veniturilor", "Venitul recurent de la început pierdut prin anulări și reduceri"],
    pl: [
      "Wskaźnik utraty przychodów",
      "Udział powtarzalnego przychodu z początku okresu utracony przez rezygnacje i obniżki",
    ],
    ru: ["Отток выручки", "Доля начального регулярного дохода, потерянная из-за отказов и снижений"],
    "zh-Hant": ["營收流失率", "期初經常性收入因取消或減購而流失的比例"],
  },
});
