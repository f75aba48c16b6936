import { multiply, subtract, taken, whole } from "../expression.ts";
import { count, fraction } from "../formula.ts";
import { detractors, passives, promoters } from "../measures/index.ts";
import { metric } from "../metric.ts";

const answers = count(promoters, passives, detractors);

/** Percentage of promoters (9, 10) less the percentage of detractors (0 to 6): −100 to 100. */
export const nps = metric({
  id: "nps",
  version: 1,
  better: "higher",
  value: {
    unit: "score",
    formula: fraction(
      multiply(whole(100), subtract(taken(count(promoters)), taken(count(detractors)))),
      taken(answers),
      answers,
    ),
  },
  nullRule:
    "Null where nobody answered. A score from −100 to 100, as it is usually told; every answer counts, an account's second one too.",
  example: "Ten answers: 5 of 9 or 10, 3 of 7 or 8, 2 of 6 or less: 100 × (5 − 2) / 10 = 30.",
  misleads:
    "With fewer than some 50 answers it moves by several points with each; compare it only between surveys asked in the same way.",
  beside: ["customer_satisfaction", "churn_rate"],
  texts: {
    en: ["Net promoter score", "Percentage of promoters less percentage of detractors"],
    ro: ["Scorul net de recomandare (NPS)", "Procentul promotorilor minus procentul detractorilor"],
    pl: ["Wskaźnik NPS", "Procent promotorów minus procent krytyków"],
    ru: ["Индекс лояльности клиентов (NPS)", "Процент сторонников минус процент критиков"],
    "zh-Hant": ["淨推薦值", "推薦者百分比減去批評者百分比"],
  },
});
