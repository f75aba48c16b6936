import type { LiveChange } from "@leadwire/stream";

/** What of some measures changed since it was asked last: from which instant on, at most. */
export class ChangedSince {
  private readonly measures: ReadonlySet<string>;
  private readonly unit: "hour" | "day";
  private fromMs = Number.NEGATIVE_INFINITY;

  /** Everything counts as changed at first. */
  constructor(measures: Iterable<string>, unit: "hour" | "day") {
    this.measures = new Set(measures);
    this.unit = unit;
  }

  note(change: LiveChange): void {
    if (change.activity) this.fromMs = Number.NEGATIVE_INFINITY;
    // A fact older than hours are kept changes its day alone.
    const starts = this.unit === "hour" ? change.fromHourMs : change.fromDayMs;
    for (const measure of this.measures) {
      this.fromMs = Math.min(this.fromMs, starts.get(measure) ?? Number.POSITIVE_INFINITY);
    }
  }

  get any(): boolean {
    return this.fromMs < Number.POSITIVE_INFINITY;
  }

  /** The earliest start of what changed, +Infinity for nothing; from here on nothing is changed. */
  take(): number {
    const { fromMs } = this;
    this.fromMs = Number.POSITIVE_INFINITY;
    return fromMs;
  }
}
