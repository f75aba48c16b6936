import { dayMs } from "@leadwire/events";
import type { BusinessDay } from "../workspace.ts";
import { weekdayOf } from "./civil-day.ts";
import type { ZoneCalendar } from "./zone-calendar.ts";

const minuteMs = 60_000;

/** The instants of one business interval, `toMs` excluded. */
interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A workspace's business hours in its zone: how much business time lies between instants, and when some has passed. */
export class BusinessHours {
  readonly #calendar: ZoneCalendar;
  /** By weekday (index 1 Monday … 7 Sunday), in the order of the day. */
  readonly #byWeekday: ReadonlyArray<ReadonlyArray<BusinessDay>>;
  readonly #holidays: ReadonlySet<number>;

  constructor(calendar: ZoneCalendar, hours: ReadonlyArray<BusinessDay>, holidays: ReadonlyArray<number>) {
    this.#calendar = calendar;
    this.#byWeekday = Array.from({ length: 8 }, (_, weekday) =>
      hours.filter((day) => day.weekday === weekday).sort((a, b) => a.fromMinute - b.fromMinute),
    );
    this.#holidays = new Set(holidays);
  }

  /** Business milliseconds in [fromMs, toMs); 0 where `toMs` is not later. An hour that clocks skip does not count. */
  elapsedMs(fromMs: number, toMs: number): number {
    if (!(toMs > fromMs)) return 0;
    const lastDay = this.#calendar.localDay(toMs) + 1;
    let elapsed = 0;
    // One day more on either side: where clocks go back over midnight a date may come before its day has begun.
    for (let day = this.#calendar.localDay(fromMs) - 1; day <= lastDay; day++) {
      for (const open of this.#intervalsOf(day)) {
        const overlap = Math.min(open.toMs, toMs) - Math.max(open.fromMs, fromMs);
        if (overlap > 0) elapsed += overlap;
      }
    }
    return elapsed;
  }

  /**
   * The first instant by which `businessMs` of business time have passed since `fromMs`; undefined when none comes
   * within four years (no hours, or holidays only).
   */
  afterMs(fromMs: number, businessMs: number): number | undefined {
    if (businessMs <= 0) return fromMs;
    let left = businessMs;
    const firstDay = this.#calendar.localDay(fromMs) - 1;
    for (let day = firstDay, idleDays = 0; idleDays < 4 * 366; day++) {
      const before = left;
      for (const open of this.#intervalsOf(day)) {
        const startMs = Math.max(open.fromMs, fromMs);
        const length = open.toMs - startMs;
        if (length >= left) return startMs + left;
        if (length > 0) left -= length;
      }
      idleDays = left === before ? idleDays + 1 : 0;
    }
    return undefined;
  }

  #intervalsOf(day: number): ReadonlyArray<Interval> {
    if (this.#holidays.has(day)) return [];
    return (this.#byWeekday[weekdayOf(day)] ?? []).map(({ fromMinute, toMinute }) => ({
      fromMs: this.#calendar.instantOfWall(day * dayMs + fromMinute * minuteMs),
      toMs: this.#calendar.instantOfWall(day * dayMs + toMinute * minuteMs),
    }));
  }
}
