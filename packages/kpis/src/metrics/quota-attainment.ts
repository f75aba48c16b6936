import { elapsed, multiply, subtract, taken, targetOf, whole } from "../expression.ts";
import { count, fraction, sum } from "../formula.ts";
import { dealsWon, saleAmounts } from "../measures/index.ts";
import { metric } from "../metric.ts";

const sold = taken(sum(saleAmounts));
const target = targetOf("sales");

/** Sales against the target of the period and scope, against what of it was due by now, and what is still to sell. */
export const quotaAttainment = metric({
  id: "quota_attainment",
  version: 1,
  better: "higher",
  value: {
    default: "attainment",
    statistics: {
      attainment: { unit: "ratio", formula: fraction(sold, target, count(dealsWon)) },
      pace: { unit: "ratio", formula: fraction(sold, multiply(target, elapsed), count(dealsWon)) },
      gap: { unit: "money", formula: fraction(subtract(target, sold), whole(1), count(dealsWon)) },
    },
  },
  nullRule:
    "Null where no target of `sales` is set for exactly this scope (company, team or rep) and period (year, quarter or month); a period that is still running is held against its whole target. `.pace` holds it against the share of its business days that have begun; `.gap` is target less sales, below 0 once the target is passed.",
  example:
    "Target 100,000.00 for March, 45,000.00 sold by the 12th, when 9 of 22 business days have begun: attainment 0.45, pace 45,000 / (100,000 × 9 / 22) = 1.1, gap 55,000.00.",
  misleads:
    "Deals are mostly closed at a period's end, so an even pace looks bad until then. A team's target is not the sum of its reps' unless somebody set it so.",
  beside: ["sales", "pipeline_coverage", "forecast_accuracy"],
  texts: {
    en: ["Quota attainment", "Sales against the target of the period"],
    ro: ["Îndeplinirea țintei de vânzări", "Vânzările raportate la ținta perioadei"],
    pl: ["Realizacja celu sprzedaży", "Sprzedaż w stosunku do celu na dany okres"],
    ru: ["Выполнение плана продаж", "Продажи относительно плана на период"],
    "zh-Hant": ["業績達成率", "銷售額相對於該期間目標的比例"],
  },
});
