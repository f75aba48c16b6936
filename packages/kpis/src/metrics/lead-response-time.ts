import { mean, percentile } from "../formula.ts";
import { responseTimes, responseTimesBusiness } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Time from a lead's creation to the first human outbound touch, by the wall clock and in business hours. */
export const leadResponseTime = metric({
  id: "lead_response_time",
  version: 1,
  better: "lower",
  value: {
    default: "p50",
    statistics: {
      mean: { unit: "s", formula: mean(responseTimes) },
      p50: { unit: "s", formula: percentile(50, responseTimes) },
      p90: { unit: "s", formula: percentile(90, responseTimes) },
      p95: { unit: "s", formula: percentile(95, responseTimes) },
      business_mean: { unit: "s", formula: mean(responseTimesBusiness) },
      business_p50: { unit: "s", formula: percentile(50, responseTimesBusiness) },
      business_p90: { unit: "s", formula: percentile(90, responseTimesBusiness) },
      business_p95: { unit: "s", formula: percentile(95, responseTimesBusiness) },
    },
  },
  needsActivity: true,
  nullRule:
    "Null where no lead was answered, and in a log without any activity. Percentiles are nearest rank, within 1 %. Business times count only the workspace's business hours: a lead that came and was answered outside them took 0 s.",
  example:
    "Four leads were answered after 1, 2, 3 and 60 minutes: p50 is the second (⌈0.5·4⌉ = 2), 120 s; p90 the fourth, 3600 s; the mean 990 s. A lead of Friday 16:50, answered on Monday at 09:05, took 15 business minutes: 900 s.",
  misleads:
    "Leads that nobody answered are not in it, and early touches neither: a team that answers only easy leads looks fast.",
  beside: ["unanswered_leads", "response_within_sla"],
  texts: {
    en: ["Lead response time", "Time from a lead's creation to the first human outbound touch"],
    ro: ["Timp de răspuns", "Timpul de la crearea lead-ului până la primul contact inițiat de un om"],
    pl: ["Czas reakcji na lead", "Czas od utworzenia leada do pierwszego kontaktu ze strony człowieka"],
    ru: ["Время ответа на лид", "Время от создания лида до первого исходящего контакта человека"],
    "zh-Hant": ["潛在客戶回應時間", "從潛在客戶建立到首次人工主動聯繫的時間"],
  },
});
