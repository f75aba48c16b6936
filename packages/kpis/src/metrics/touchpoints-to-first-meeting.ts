import { mean, percentile } from "../formula.ts";
import { firstMeetings } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Human outbound touches before a lead's first meeting held, placed at that meeting. */
export const touchpointsToFirstMeeting = metric({
  id: "touchpoints_to_first_meeting",
  version: 1,
  better: "lower",
  value: {
    default: "mean",
    statistics: {
      mean: { unit: "touches", formula: mean(firstMeetings) },
      p50: { unit: "touches", formula: percentile(50, firstMeetings) },
    },
  },
  needsActivity: true,
  nullRule:
    "Null where no lead had its first meeting in the window, and in a log without any activity. Touches are outbound calls, emails, messages and meetings booked by people, however long before; automated and inbound ones are none. The owner is the lead's at the meeting.",
  example:
    "Three leads had their first meeting in March, after 2, 5 and 5 touches: mean (2 + 5 + 5) / 3 = 4; p50 the second (⌈0.5·3⌉ = 2), 5.",
  misleads:
    "Leads that were never met are not in it, however often they were called; where touches are not logged, meetings seem to come for nothing.",
  beside: ["sales_activity", "lead_response_time"],
  texts: {
    en: ["Touchpoints to first meeting", "Human outbound touches before a lead's first meeting"],
    ro: ["Contacte până la prima întâlnire", "Contacte inițiate de oameni înainte de prima întâlnire cu lead-ul"],
    pl: ["Kontakty do pierwszego spotkania", "Kontakty ze strony człowieka przed pierwszym spotkaniem z leadem"],
    ru: ["Касания до первой встречи", "Исходящие касания сотрудников до первой встречи с лидом"],
    "zh-Hant": ["首次會議前接觸次數", "與潛在客戶首次會議前的人工主動聯繫次數"],
  },
});
