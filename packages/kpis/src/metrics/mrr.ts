import { ends, whole } from "../expression.ts";
import { fraction, sum, total } from "../formula.ts";
import { mrrChurn, mrrContraction, mrrExpansion, mrrLevel, mrrNew, mrrReactivation } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Monthly recurring revenue: a level, what it was at the window's start, and the movements between. */
export const mrr = metric({
  id: "mrr",
  version: 1,
  better: "higher",
  value: {
    default: "level",
    statistics: {
      level: { unit: "money", formula: total(sum(mrrLevel)) },
      start: { unit: "money", formula: fraction(ends(mrrLevel, "startSum"), whole(1)) },
      new: { unit: "money", formula: total(sum(mrrNew)) },
      expansion: { unit: "money", formula: total(sum(mrrExpansion)) },
      contraction: { unit: "money", formula: total(sum(mrrContraction)) },
      churn: { unit: "money", formula: total(sum(mrrChurn)) },
      reactivation: { unit: "money", formula: total(sum(mrrReactivation)) },
    },
  },
  nullRule:
    "0 where nobody subscribes. A level is read at the window's end and a movement summed over the window, both as they are, whatever its length; contraction and churn are below 0, so that start + new + expansion + contraction + churn + reactivation = level.",
  example:
    "1,000.00 on 1 March; in March one account starts at 200.00, one grows by 50.00, one shrinks by 30.00 and one of 100.00 cancels: 1,000 + 200 + 50 − 30 − 100 = 1,120.00 at the month's end.",
  misleads:
    "Only subscriptions are in it: a won deal without one adds nothing. A movement is an account's, so an account that swaps one plan for a dearer one is an expansion, neither churn nor new.",
  beside: ["arr", "nrr", "revenue_churn"],
  texts: {
    en: ["Monthly recurring revenue", "What subscriptions bring per month, at the window's end"],
    ro: ["Venitul lunar recurent", "Cât aduc abonamentele pe lună, la sfârșitul intervalului"],
    pl: ["Miesięczny przychód powtarzalny", "Ile subskrypcje przynoszą miesięcznie, na koniec okresu"],
    ru: ["Ежемесячный регулярный доход", "Сколько подписки приносят в месяц на конец периода"],
    "zh-Hant": ["每月經常性收入", "期末訂閱每月帶來的收入"],
  },
});
