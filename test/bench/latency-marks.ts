/** Instants at which records were acknowledged, waiting to be seen further on, in the order of their offsets. */
export class LatencyMarks {
  readonly latenciesMs: Array<number> = [];
  private readonly waiting = new Map<number, Array<{ readonly offset: number; readonly atMs: number }>>();

  add(partition: number, offset: number, atMs: number): void {
    const marks = this.waiting.get(partition);
    if (marks === undefined) this.waiting.set(partition, [{ offset, atMs }]);
    else marks.push({ offset, atMs });
  }

  /** What follows from the partition's records up to this offset, itself included, is visible now. */
  seen(partition: number, offset: number, nowMs: number): void {
    const marks = this.waiting.get(partition);
    while (marks?.[0] !== undefined && marks[0].offset <= offset) {
      this.latenciesMs.push(nowMs - (marks.shift()?.atMs ?? nowMs));
    }
  }

  get unseen(): number {
    return [...this.waiting.values()].reduce((sum, { length }) => sum + length, 0);
  }
}

export const percentile = (values: ReadonlyArray<number>, share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? Number.NaN;

/** One row: what was waited for, how often, and how long (p50, p99 and at most). */
export const latencyLine = (what: string, latenciesMs: ReadonlyArray<number>): void => {
  const ms = [0.5, 0.99, 1].map((share) => percentile(latenciesMs, share).toFixed(2).padStart(9)).join("");
  process.stdout.write(`${what.padEnd(56)} ${String(latenciesMs.length).padStart(7)}${ms}\n`);
};
