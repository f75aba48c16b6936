import { encodeBatch, type LogPosition, type LogRecord, partitionOf } from "@leadwire/log";
import type { KeyLog } from "../key-partition.ts";

interface Kept {
  readonly offset: number;
  readonly key: string;
  readonly record: LogRecord;
}

const never = new Promise<never>(() => undefined);

/**
 * A compacted topic in memory: any record that a newer one of its key has followed may vanish at any time. `turn`
 * decides when anything asked takes effect, and when its answer arrives.
 */
export class CompactedLog {
  private readonly kept: Kept[][];
  private readonly ends: number[];
  private readonly turn: () => Promise<unknown>;
  private readonly waiting = new Set<() => void>();

  constructor(partitions: number, turn: () => Promise<unknown>) {
    this.kept = Array.from({ length: partitions }, () => []);
    this.ends = this.kept.map(() => 0);
    this.turn = turn;
  }

  /** Every record that stands, in order. */
  get records(): ReadonlyArray<LogRecord> {
    return this.kept.flat().map(({ record }) => record);
  }

  /** Takes out each record that a newer one of its key has followed, where `goes` says so. */
  compact(goes: () => boolean): void {
    for (const [partition, kept] of this.kept.entries()) {
      const newest = new Map(kept.map(({ key, offset }) => [key, offset]));
      this.kept[partition] = kept.filter(({ key, offset }) => newest.get(key) === offset || !goes());
    }
  }

  appendNow(records: ReadonlyArray<LogRecord>): ReadonlyArray<LogPosition> {
    const positions = records.map((record) => {
      const key = record.key ?? Buffer.alloc(0);
      const partition = record.partition ?? partitionOf(key, this.ends.length);
      const offset = this.ends[partition] ?? 0;
      this.ends[partition] = offset + 1;
      this.kept[partition]?.push({ offset, key: Buffer.from(key).toString("latin1"), record });
      return { topic: record.topic, partition, offset };
    });
    for (const wake of [...this.waiting]) wake();
    return positions;
  }

  /** What a process sees of the log: once it `isDead`, what it asked for may still happen, and it never hears of it. */
  seenBy(isDead: () => boolean): KeyLog {
    const answered = async <Answer>(work: () => Answer): Promise<Answer> => {
      await this.turn();
      const answer = work();
      await this.turn();
      return isDead() ? never : answer;
    };
    return {
      append: (records) => answered(() => this.appendNow(records)),
      bounds: ({ partition }) => answered(() => ({ start: 0, end: this.ends[partition] ?? 0 })),
      read: ({ partition }, from) => answered(() => this.readNow(partition, from)),
      waitForData: async (positions, _timeoutMs, signal) => {
        const isThere = (): boolean => positions.some(({ partition, offset }) => offset < (this.ends[partition] ?? 0));
        if (!isThere()) await this.change(signal);
        await this.turn();
        return isDead() ? never : isThere();
      },
    };
  }

  /** One record at a time: a reader may be anywhere. */
  private readNow(partition: number, from: number) {
    const endOffset = this.ends[partition] ?? 0;
    const found = this.kept[partition]?.find(({ offset }) => offset >= from);
    if (found === undefined) return { bytes: Buffer.alloc(0), nextOffset: endOffset, endOffset };
    return { bytes: encodeBatch([found.record], found.offset, 0), nextOffset: found.offset + 1, endOffset };
  }

  private change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        resolve();
      };
      this.waiting.add(wake);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }
}
