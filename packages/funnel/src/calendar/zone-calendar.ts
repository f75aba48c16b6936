import { dayMs } from "@leadwire/events";
import { type OffsetSegment, ZoneOffsets } from "./zone-offsets.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** No zone has ever been further than this ahead of UTC. */
const offsetMsMax = 16 * hourMs;

/**
 * Local time of one named zone, fast enough for every event: no Temporal call, no allocation on the usual path.
 *
 * Days, hours and minutes as *slices* (`dayStartOf`, `localHourStartMs`, `minuteStartMs`) cut the line of instants into
 * stretches that neither overlap nor leave a gap, also where clocks change; each day edge is an hour edge, each hour
 * edge a minute edge.
 */
export class ZoneCalendar {
  readonly zone: string;
  readonly #offsets: ZoneOffsets;
  #segment: OffsetSegment;
  #day = Number.NaN;
  #dayFromMs = Number.NaN;
  #dayToMs = Number.NaN;

  /** Throws a RangeError for a zone that the tz database does not know. */
  constructor(zone: string) {
    this.zone = zone;
    this.#offsets = new ZoneOffsets(zone);
    this.#segment = this.#offsets.segmentOf(0);
  }

  /** Local time minus UTC at an instant. */
  offsetMs(instantMs: number): number {
    return this.#segmentOf(instantMs).offsetMs;
  }

  /** The local date, as days since 1970-01-01. */
  localDay(instantMs: number): number {
    return Math.floor((instantMs + this.#segmentOf(instantMs).offsetMs) / dayMs);
  }

  /** What a wall clock shows, as milliseconds since 1970-01-01 00:00 local. */
  wallMs(instantMs: number): number {
    return instantMs + this.#segmentOf(instantMs).offsetMs;
  }

  /** The first instant at which the wall clock shows this time, or has jumped past it. */
  instantOfWall(wallMs: number): number {
    let segment = this.#segmentOf(wallMs - offsetMsMax);
    for (;;) {
      const instantMs = wallMs - segment.offsetMs;
      if (instantMs < segment.startMs) return segment.startMs;
      if (instantMs < segment.endMs) return instantMs;
      segment = this.#offsets.segmentOf(segment.endMs);
    }
  }

  /**
   * The instant of a wall time: the first of two, and for one that clocks skip the time as far behind the gap as it lay
   * in it (RFC 5545, and Temporal's `compatible`).
   */
  instantOfLocal(wallMs: number): number {
    const instantMs = this.instantOfWall(wallMs);
    const skipped = this.wallMs(instantMs) !== wallMs;
    return skipped ? wallMs - this.offsetMs(instantMs - 1) : instantMs;
  }

  /** The first instant of a local day: midnight, or the end of the gap where midnight does not exist. */
  dayStartMs(day: number): number {
    return this.instantOfWall(day * dayMs);
  }

  /**
   * The start of the day slice that holds the instant: the last `dayStartMs` at or before it. Differs from
   * `dayStartMs(localDay(ms))` only where clocks were once set back across midnight (St. John's before 2011).
   */
  dayStartOf(instantMs: number): number {
    if (!(instantMs >= this.#dayFromMs && instantMs < this.#dayToMs)) this.#findDay(instantMs);
    return this.#dayFromMs;
  }

  /** The day (since 1970-01-01) whose slice holds the instant. */
  dayOf(instantMs: number): number {
    this.dayStartOf(instantMs);
    return this.#day;
  }

  /** The end (excluded) of the day slice that holds the instant. */
  dayEndOf(instantMs: number): number {
    this.dayStartOf(instantMs);
    return this.#dayToMs;
  }

  /** The start of the hour slice: the local full hour, or the change of offset within it. */
  localHourStartMs(instantMs: number): number {
    return this.#unitStartMs(instantMs, hourMs);
  }

  /** The start of the minute slice. */
  minuteStartMs(instantMs: number): number {
    return this.#unitStartMs(instantMs, minuteMs);
  }

  /** The first minute edge at or after the instant. */
  minuteCeilMs(instantMs: number): number {
    return this.#unitCeilMs(instantMs, minuteMs);
  }

  /** The first edge of a local hour at or after the instant. */
  localHourCeilMs(instantMs: number): number {
    return this.#unitCeilMs(instantMs, hourMs);
  }

  #unitStartMs(instantMs: number, unitMs: number): number {
    const segment = this.#segmentOf(instantMs);
    const wallMs = instantMs + segment.offsetMs;
    const startMs = Math.floor(wallMs / unitMs) * unitMs - segment.offsetMs;
    return Math.max(startMs, segment.startMs);
  }

  #unitCeilMs(instantMs: number, unitMs: number): number {
    const startMs = this.#unitStartMs(instantMs, unitMs);
    if (startMs === instantMs) return instantMs;
    const segment = this.#segmentOf(instantMs);
    const nextMs = (Math.floor((instantMs + segment.offsetMs) / unitMs) + 1) * unitMs - segment.offsetMs;
    return Math.min(nextMs, segment.endMs);
  }

  #segmentOf(instantMs: number): OffsetSegment {
    const held = this.#segment;
    if (instantMs >= held.startMs && instantMs < held.endMs) return held;
    this.#segment = this.#offsets.segmentOf(instantMs);
    return this.#segment;
  }

  #findDay(instantMs: number): void {
    let day = this.localDay(instantMs);
    let fromMs = this.dayStartMs(day);
    let toMs = this.dayStartMs(day + 1);
    // A day that its zone skipped is empty, and one whose end came twice has begun before its date says so.
    while (toMs <= instantMs) {
      day += 1;
      fromMs = toMs;
      toMs = this.dayStartMs(day + 1);
    }
    this.#day = day;
    this.#dayFromMs = fromMs;
    this.#dayToMs = toMs;
  }
}

/** Whether the tz database knows the zone. */
export const isZone = (zone: string): boolean => {
  try {
    return new ZoneCalendar(zone).zone === zone;
  } catch (fault) {
    if (fault instanceof RangeError) return false;
    throw fault;
  }
};
