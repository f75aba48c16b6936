import type { ZoneCalendar } from "@leadwire/funnel";
import type { Course } from "./tile-spec.ts";

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

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
}

export const boardTimeAt = (nowMs: number, calendar: ZoneCalendar): BoardTime => {
  const edgeMs = calendar.minuteCeilMs(nowMs + 1);
  const endOfHourMs = calendar.localHourCeilMs(edgeMs);
  const weekAgoMs = calendar.instantOfLocal(calendar.wallMs(endOfHourMs) - weekMs);
  return {
    edgeMs,
    laterMs: [endOfHourMs, calendar.localHourCeilMs(endOfHourMs + 1)],
    weekAgoMs: calendar.localHourStartMs(weekAgoMs),
  };
};

/** The last hours or days up to an edge, oldest first; the last one is running and ends at the edge. */
export const stretchesTo = (
  edgeMs: number,
  { unit, points }: Course,
  calendar: ZoneCalendar,
): ReadonlyArray<Stretch> => {
  const stretches: Array<Stretch> = [];
  for (let toMs = edgeMs; stretches.length < points; ) {
    const fromMs = unit === "hour" ? calendar.localHourStartMs(toMs - 1) : calendar.dayStartOf(toMs - 1);
    stretches.push({ fromMs, toMs });
    toMs = fromMs;
  }
  return stretches.reverse();
};
