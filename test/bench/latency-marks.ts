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
