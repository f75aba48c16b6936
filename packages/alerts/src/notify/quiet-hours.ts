import { dayMs } from "@leadwire/events";
import { weekdayOf, type ZoneCalendar } from "@leadwire/funnel";
import type { QuietHours } from "./notification-config.ts";

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

/**
 * The end (excluded) of the quiet hours that hold the instant; undefined where none do. They belong to the weekday on
 * which they begin. Where clocks skip the hour of an edge, the edge is the end of the gap; where an hour comes twice,
 * its first time: so nights are an hour shorter or longer, and no instant is in doubt.
 */
export const quietUntilMs = (
  quietHours: ReadonlyArray<QuietHours>,
  calendar: ZoneCalendar,
  instantMs: number,
): number | undefined => {
  let untilMs: number | undefined;
  const today = calendar.localDay(instantMs);
  for (const { weekdays, fromMinute, toMinute } of quietHours) {
    const lastMinute = toMinute > fromMinute ? toMinute : toMinute + dayMinutes;
    for (const day of [today - 1, today]) {
      if (!weekdays.includes(weekdayOf(day))) continue;
      const beginMs = calendar.instantOfWall(day * dayMs + fromMinute * minuteMs);
      const endMs = calendar.instantOfWall(day * dayMs + lastMinute * minuteMs);
      if (instantMs >= beginMs && instantMs < endMs) untilMs = Math.max(untilMs ?? endMs, endMs);
    }
  }
  return untilMs;
};
