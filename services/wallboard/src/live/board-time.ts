import type { ZoneCalendar } from "@leadwire/funnel";
import { dayYearBefore, type PeriodRules, periodDaysAt } from "@leadwire/kpis";

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** From included, to excluded. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The instants a board is read at. Slices end at minutes, so the board shows what will stand at the end of the running
 * one: every fact that is known before it.
 */
export interface BoardTime {
  /** The end of the running minute. */
  readonly edgeMs: number;
  /** Where slices may serve that the minute's edge does not: the end of the hour that the edge lies in, and one more. */
  readonly laterMs: ReadonlyArray<number>;
  /** The hour's edge one week of local time before the end of the running hour. */
  readonly weekAgoMs: number;
  /** The same a calendar year before it. */
  readonly yearAgoMs: number;
}

export const boardTimeAt = (nowMs: number, calendar: ZoneCalendar): BoardTime => {
  const edgeMs = calendar.minuteCeilMs(nowMs + 1);
  const endOfHourMs = calendar.localHourCeilMs(edgeMs);
  const wallMs = calendar.wallMs(endOfHourMs);
  const day = Math.floor(wallMs / dayMs);
  const hourAt = (localMs: number): number => calendar.localHourStartMs(calendar.instantOfLocal(localMs));
  return {
    edgeMs,
    laterMs: [endOfHourMs, calendar.localHourCeilMs(endOfHourMs + 1)],
    weekAgoMs: hourAt(wallMs - weekMs),
    yearAgoMs: hourAt(wallMs - (day - dayYearBefore(day)) * dayMs),
  };
};

/** What a course is made of: hours, days, weeks or months of the workspace's zone. */
export type CourseUnit = "hour" | "day" | "week" | "month";

/** The last so many stretches up to an edge, oldest first; the last one is running and ends at the edge. */
export const stretchesTo = (
  edgeMs: number,
  unit: CourseUnit,
  points: number,
  calendar: ZoneCalendar,
  rules: PeriodRules,
): ReadonlyArray<Stretch> => {
  const startOf = (ms: number): number => {
    if (unit === "hour") return calendar.localHourStartMs(ms);
    return unit === "day"
      ? calendar.dayStartOf(ms)
      : calendar.dayStartMs(periodDaysAt(unit, calendar.dayOf(ms), rules).startDay);
  };
  const stretches: Array<Stretch> = [];
  for (let toMs = edgeMs; stretches.length < points; ) {
    const fromMs = startOf(toMs - 1);
    stretches.push({ fromMs, toMs });
    toMs = fromMs;
  }
  return stretches.reverse();
};
