import { mean } from "../formula.ts";
import { satisfactionScores } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Mean score of the satisfaction surveys answered in the window. */
export const customerSatisfaction = metric({
  id: "customer_satisfaction",
  version: 1,
  better: "higher",
  value: { unit: "score", formula: mean(satisfactionScores) },
  nullRule:
    "Null where no satisfaction survey was answered. On the scale of the surveys, and every answer counts: an account that answers twice counts twice.",
  example: "Three answers of 90, 75 and 60 in March: 225 / 3 = 75.",
  misleads:
    "Who answers is not who stays silent; surveys on different scales (5 points, 100 points) must not go into one log.",
  beside: ["nps", "churn_rate"],
  texts: {
    en: ["Customer satisfaction", "Mean score of satisfaction surveys"],
    ro: ["Satisfacția clienților", "Scorul mediu al chestionarelor de satisfacție"],
    pl: ["Satysfakcja klientów", "Średnia ocena z ankiet satysfakcji"],
    ru: ["Удовлетворённость клиентов", "Средняя оценка по опросам удовлетворённости"],
    "zh-Hant": ["客戶滿意度", "滿意度調查的平均分數"],
  },
});
