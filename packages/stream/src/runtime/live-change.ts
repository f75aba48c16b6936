/** What changed in a live view since its listeners were told last. */
export class LiveChange {
  /** By measure: the earliest start of a day slice that changed. */
  readonly fromDayMs = new Map<string, number>();
  /** By measure: the earliest start of an hour slice that changed. */
  readonly fromHourMs = new Map<string, number>();
  /** The groups that changed, by `measure/dimension`: the company's is "". */
  readonly groups = new Map<string, Set<string>>();
  /** A heartbeat came: freshness may have changed. */
  beat = false;
  /** It became known that the log holds activities: every answer that needs them may have changed. */
  activity = false;

  get isEmpty(): boolean {
    return !this.beat && !this.activity && this.groups.size === 0;
  }

  /** Notes a changed group of a series, at whatever granularity. */
  noteGroup(series: string, value: string): void {
    const known = this.groups.get(series);
    if (known === undefined) this.groups.set(series, new Set([value]));
    else known.add(value);
  }

  /** Notes a changed slice; minutes say nothing that their hour does not. */
  note(measure: string, granularity: number, startMs: number): void {
    if (granularity === 0) return;
    const earliest = granularity === 1 ? this.fromHourMs : this.fromDayMs;
    const known = earliest.get(measure);
    if (known === undefined || startMs < known) earliest.set(measure, startMs);
  }
}
