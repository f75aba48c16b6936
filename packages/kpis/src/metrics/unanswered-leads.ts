import { age, count, total } from "../formula.ts";
import { leadsUnanswered } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Open leads that no human has answered yet: a level, with their ages. */
export const unansweredLeads = metric({
  id: "unanswered_leads",
  version: 1,
  better: "lower",
  value: {
    default: "count",
    statistics: {
      count: { unit: "leads", formula: total(count(leadsUnanswered)) },
      age_p50: { unit: "s", formula: age(50, leadsUnanswered) },
      age_max: { unit: "s", formula: age(100, leadsUnanswered) },
    },
  },
  needsActivity: true,
  nullRule:
    "Ages are null where nothing waits; all of it is null in a log without any activity. Read at the window's end.",
  example:
    "Three leads wait at the window's end, since 1, 2 and 26 hours: count is 3, age_p50 7200 s, age_max 93600 s.",
  misleads:
    "Leads imported from an old system without their activities wait for ever: close them or import the activities.",
  beside: ["lead_response_time", "response_within_sla"],
  texts: {
    en: ["Unanswered leads", "Open leads without a human response"],
    ro: ["Lead-uri fără răspuns", "Lead-uri deschise la care nu a răspuns niciun om"],
    pl: ["Leady bez odpowiedzi", "Otwarte leady bez reakcji człowieka"],
    ru: ["Лиды без ответа", "Открытые лиды, которым ещё не ответил человек"],
    "zh-Hant": ["未回應的潛在客戶", "尚未獲得人工回應的開放潛在客戶"],
  },
});
