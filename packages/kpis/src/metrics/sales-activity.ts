import { count, type Formula, total } from "../formula.ts";
import type { Measure } from "../measure.ts";
import { automatedActivities, calls, emails, meetingsBooked, meetingsHeld, messages } from "../measures/index.ts";
import { metric } from "../metric.ts";

const counted = (...measures: ReadonlyArray<Measure>): { readonly unit: "activities"; readonly formula: Formula } => ({
  unit: "activities",
  formula: total(count(...measures)),
});

/** Activities that people logged, under the rep who did them; automated ones apart. */
export const salesActivity = metric({
  id: "sales_activity",
  version: 1,
  better: "higher",
  value: {
    default: "all",
    statistics: {
      all: counted(calls, emails, messages, meetingsBooked, meetingsHeld),
      calls: counted(calls),
      emails: counted(emails),
      messages: counted(messages),
      meetings_booked: counted(meetingsBooked),
      meetings_held: counted(meetingsHeld),
      automated: counted(automatedActivities),
    },
  },
  nullRule:
    "0 where none was logged. Inbound ones count, automated ones only in `.automated`. The owner of an activity is its rep, whoever owns the lead.",
  example:
    "In March ana logged 30 calls, 12 emails and 4 meetings held, an autoresponder 200 emails: 46, `.automated` 200.",
  misleads:
    "Counts what is logged, not what is done, and not what came of it: a target for activities gets activities.",
  beside: ["touchpoints_to_first_meeting", "new_leads", "sales_qualified_leads"],
  texts: {
    en: ["Sales activity", "Activities that people logged: calls, emails, messages, meetings"],
    ro: ["Activitatea de vânzări", "Activități înregistrate de oameni: apeluri, e-mailuri, mesaje, întâlniri"],
    pl: ["Aktywność sprzedażowa", "Działania zapisane przez ludzi: rozmowy, e-maile, wiadomości, spotkania"],
    ru: ["Активность продаж", "Действия сотрудников: звонки, письма, сообщения, встречи"],
    "zh-Hant": ["銷售活動", "人員記錄的活動：通話、電子郵件、訊息與會議"],
  },
});
