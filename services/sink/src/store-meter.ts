import type { StoreFault } from "@leadwire/store";

const windowMs = 10_000;

/** What keeps the sink from storing, and since when. */
export interface StoreWait {
  readonly fault: StoreFault;
  readonly sinceMs: number;
}

/** Counts what was stored, and remembers what storing waits for. */
export class StoreMeter {
  batches = 0;
  rows = 0;
  insertMsLast = 0;
  insertMsSum = 0;
  waiting: StoreWait | undefined;
  #recent: ReadonlyArray<{ readonly atMs: number; readonly rows: number }> = [];

  stored(rows: number, insertMs: number, nowMs: number): void {
    this.batches += 1;
    this.rows += rows;
    this.insertMsLast = insertMs;
    this.insertMsSum += insertMs;
    this.waiting = undefined;
    this.#recent = [...this.#recent.filter(({ atMs }) => nowMs - atMs < windowMs), { atMs: nowMs, rows }];
  }

  waits(fault: StoreFault, nowMs: number): void {
    this.waiting = { fault, sinceMs: this.waiting?.sinceMs ?? nowMs };
  }

  /** Over the last ten seconds. */
  rowsPerSecond(nowMs: number): number {
    const recent = this.#recent.filter(({ atMs }) => nowMs - atMs < windowMs);
    return recent.reduce((sum, { rows }) => sum + rows, 0) / (windowMs / 1_000);
  }
}
