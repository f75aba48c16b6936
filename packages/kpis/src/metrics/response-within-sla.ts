import { count, ratio } from "../formula.ts";
import { slaMet, slaMetBusiness, slaMissed, slaMissedBusiness } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Share of leads answered within the response SLA, among those answered or past their deadline. */
export const responseWithinSla = metric({
  id: "response_within_sla",
  version: 1,
  better: "higher",
  value: {
    default: "",
    statistics: {
      "": { unit: "ratio", formula: ratio(count(slaMet), count(slaMet, slaMissed)) },
      business: { unit: "ratio", formula: ratio(count(slaMetBusiness), count(slaMetBusiness, slaMissedBusiness)) },
    },
  },
  needsActivity: true,
  nullRule:
    "Null where no outcome lies in the window, and in a log without any activity. A miss counts at its deadline; `.business` puts the deadline after so much business time.",
  example:
    "Of 10 leads 7 were answered within 5 minutes, 1 after an hour, 2 not at all, and all deadlines have passed: 7 / 10 = 0.7. A lead of Saturday noon is due on Saturday at 12:05, in business hours on Monday at 09:05.",
  misleads:
    "A lead created in the last minutes is in neither part yet; a lead answered one minute late counts like one never answered.",
  beside: ["lead_response_time", "unanswered_leads"],
  texts: {
    en: ["Response within SLA", "Leads answered within the SLA among those answered or overdue"],
    ro: [
      "Răspuns în SLA",
      "Lead-uri la care s-a răspuns în termenul SLA, dintre cele cu răspuns sau cu termenul depășit",
    ],
    pl: ["Reakcja w czasie SLA", "Odsetek leadów obsłużonych w czasie SLA wśród obsłużonych lub spóźnionych"],
    ru: ["Ответ в рамках SLA", "Доля лидов с ответом в срок SLA среди отвеченных и просроченных"],
    "zh-Hant": ["SLA 內回應率", "在 SLA 期限內回應的潛在客戶占已回應或已逾期者的比例"],
  },
});
