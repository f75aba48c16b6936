import { count, ratio } from "../formula.ts";
import { meetingsBooked, meetingsHeld } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Meetings held against meetings booked, both in the window. */
export const meetingShowRate = metric({
  id: "meeting_show_rate",
  version: 1,
  better: "higher",
  value: { unit: "ratio", formula: ratio(count(meetingsHeld), count(meetingsBooked)) },
  nullRule:
    "Null where no meeting was booked. Each counts when it was logged, under its rep: a meeting booked in March and held in April is in both months, once in each part.",
  example: "20 meetings were booked in March and 15 held: 15 / 20 = 0.75.",
  misleads:
    "Above 1 where meetings are held that nobody booked, or that were booked before the window; short windows compare different meetings.",
  beside: ["sales_activity", "touchpoints_to_first_meeting"],
  texts: {
    en: ["Meeting show rate", "Meetings held among those booked"],
    ro: ["Rata de prezență la întâlniri", "Întâlnirile ținute dintre cele programate"],
    pl: ["Odsetek odbytych spotkań", "Spotkania odbyte wśród umówionych"],
    ru: ["Доля состоявшихся встреч", "Состоявшиеся встречи среди назначенных"],
    "zh-Hant": ["會議出席率", "已預約會議中實際舉行的比例"],
  },
});
