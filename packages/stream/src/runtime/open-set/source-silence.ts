import type { BusinessHours, ZoneCalendar } from "@leadwire/funnel";

/** Usual is what was so within this many days. */
const daysKept = 28;
/** A source that was heard of for less than this has no habits yet. */
const habitMs = 7 * 86_400_000;

/** How a source system has been heard of. */
export interface SourceHeard {
  readonly source: string;
  readonly lastMs: number;
  /** The longest silence between two records in the last 28 days, in business time; null before a week of it is known. */
  readonly usualSilenceMs: number | null;
}

interface Source {
  readonly firstMs: number;
  lastMs: number;
  /** By local day: the longest silence that ended on it. */
  readonly longestMs: Map<number, number>;
}

/**
 * When each source system was heard of last, by the append times of what it sent itself (an import or a replay is
 * somebody else's doing), and for how long it is usually silent in business hours.
 */
export class SourceSilence {
  private readonly sources = new Map<string, Source>();
  private readonly hours: BusinessHours;
  private readonly calendar: ZoneCalendar;

  constructor(hours: BusinessHours, calendar: ZoneCalendar) {
    this.hours = hours;
    this.calendar = calendar;
  }

  /** Says whether it was news: the log gives one append time to a whole batch. */
  hear(source: string, atMs: number): boolean {
    const known = this.sources.get(source);
    if (known === undefined) {
      this.sources.set(source, { firstMs: atMs, lastMs: atMs, longestMs: new Map() });
      return true;
    }
    if (atMs <= known.lastMs) return false;
    const day = this.calendar.localDay(atMs);
    const longest = known.longestMs.get(day) ?? -1;
    // Business time is never longer than the clock's: mostly there is nothing to count.
    if (atMs - known.lastMs > longest) {
      const silence = this.hours.elapsedMs(known.lastMs, atMs);
      if (longest === -1) this.forget(known, day - daysKept);
      known.longestMs.set(day, Math.max(longest, silence));
    }
    known.lastMs = atMs;
    return true;
  }

  of(source: string, nowMs: number): SourceHeard | undefined {
    const known = this.sources.get(source);
    if (known === undefined) return undefined;
    const oldest = this.calendar.localDay(nowMs) - daysKept;
    let usual = 0;
    for (const [day, longest] of known.longestMs) if (day > oldest) usual = Math.max(usual, longest);
    const hasHabits = known.lastMs - known.firstMs >= habitMs;
    return { source, lastMs: known.lastMs, usualSilenceMs: hasHabits ? usual : null };
  }

  /** In order of their names. */
  names(): ReadonlyArray<string> {
    return [...this.sources.keys()].sort();
  }

  private forget({ longestMs }: Source, upToDay: number): void {
    for (const day of longestMs.keys()) if (day <= upToDay) longestMs.delete(day);
  }
}
