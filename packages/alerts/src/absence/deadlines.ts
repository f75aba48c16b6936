import type { BusinessHours, ZoneCalendar } from "@leadwire/funnel";
import type { Patience } from "../rule/rule.ts";

const never = Number.POSITIVE_INFINITY;
/** Without a business day for this long there is none to wait for: four years, as business hours look ahead. */
const idleDaysMax = 4 * 366;

/** When patience ends. */
export class Deadlines {
  private readonly hours: BusinessHours;
  private readonly calendar: ZoneCalendar;

  constructor(hours: BusinessHours, calendar: ZoneCalendar) {
    this.hours = hours;
    this.calendar = calendar;
  }

  /**
   * The instant at which it ends that was counted from `fromMs`; +Infinity where it never does. Business days are those
   * after the local day of `fromMs`, each up to its last business hour.
   */
  after(fromMs: number, patience: Patience): number {
    switch (patience._tag) {
      case "Clock":
        return fromMs + patience.ms;
      case "BusinessTime":
        return this.hours.afterMs(fromMs, patience.ms) ?? never;
      case "BusinessDays":
        return this.afterDays(fromMs, patience.days);
    }
  }

  private afterDays(fromMs: number, days: number): number {
    const { hours, calendar } = this;
    let left = days;
    let idle = 0;
    for (let startMs = calendar.dayEndOf(fromMs); idle < idleDaysMax; startMs = calendar.dayEndOf(startMs)) {
      const openMs = hours.elapsedMs(startMs, calendar.dayEndOf(startMs));
      idle = openMs > 0 ? 0 : idle + 1;
      if (openMs > 0) left -= 1;
      if (left === 0) return hours.afterMs(startMs, openMs) ?? never;
    }
    return never;
  }
}
