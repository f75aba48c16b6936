import { type LogPosition, partitionName } from "@leadwire/log";
import type { StoredPosition } from "@leadwire/store";

interface Sample {
  readonly end: number;
  readonly atMs: number;
}

/** What is not stored yet. */
export interface Lag {
  readonly records: number;
  /** Since when the oldest of it has been there, as far as this process has seen. */
  readonly seconds: number;
}

/** How far a sink is behind the ends of its partitions, from ends that are asked for now and then. */
export class LagMeter {
  readonly #newest = new Map<string, Sample>();
  /** Of each partition the first end that it has not been stored up to. */
  readonly #awaited = new Map<string, Sample>();

  /** Takes the ends of all the sink's partitions at one moment; others are forgotten. */
  sample(ends: ReadonlyArray<LogPosition>, nowMs: number): void {
    this.#newest.clear();
    for (const end of ends) this.#newest.set(partitionName(end), { end: end.offset, atMs: nowMs });
    for (const key of this.#awaited.keys()) if (!this.#newest.has(key)) this.#awaited.delete(key);
  }

  lag(stored: ReadonlyArray<StoredPosition>, nowMs: number): Lag {
    const reached = new Map(stored.map((mark) => [partitionName(mark), mark.nextOffset]));
    let records = 0;
    let sinceMs = nowMs;
    for (const [key, newest] of this.#newest) {
      const next = reached.get(key) ?? 0;
      if (next >= (this.#awaited.get(key) ?? newest).end) this.#awaited.delete(key);
      if (next >= newest.end) continue;
      const awaited = this.#awaited.get(key) ?? newest;
      this.#awaited.set(key, awaited);
      records += newest.end - next;
      sinceMs = Math.min(sinceMs, awaited.atMs);
    }
    return { records, seconds: (nowMs - sinceMs) / 1_000 };
  }
}
