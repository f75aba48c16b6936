import { DiskFull, LogClosed, type LogFault, LogIoError, Overloaded } from "../log-fault.ts";
import { stampBatch } from "../record-batch.ts";
import { batchKey } from "./batch-key.ts";
import type { LmdbStore } from "./lmdb-store.ts";
import { type PartitionState, wakeWaiters } from "./partition-state.ts";

/** A batch on its way to the disk. Its place is known once it is durable. */
export interface PendingBatch {
  readonly state: PartitionState;
  readonly bytes: Buffer;
  readonly count: number;
  baseOffset: number;
  appendTimeMs: number;
}

export interface CommitLimits {
  /** A transaction takes no further append once it holds this much. */
  readonly transactionBytesMax: number;
  /** Appends are refused while this much waits. */
  readonly pendingBytesMax: number;
  /** Appends are refused while the disk has less than this left: retention needs some of it to free the rest. */
  readonly freeBytesMin: number;
}

interface Append {
  readonly batches: ReadonlyArray<PendingBatch>;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (fault: LogFault) => void;
}

/**
 * Collects appends while a transaction is being synced and commits them together in the next: one sync serves all who
 * wait. Appends become durable in the order they were given, each of them whole or not at all.
 */
export class GroupCommit {
  private readonly store: LmdbStore;
  private readonly nowMs: () => number;
  private readonly limits: CommitLimits;
  private queue: Append[] = [];
  private pendingBytes = 0;
  private running: Promise<void> | undefined;
  private closed = false;
  private broken: LogIoError | undefined;

  constructor(store: LmdbStore, nowMs: () => number, limits: CommitLimits) {
    this.store = store;
    this.nowMs = nowMs;
    this.limits = limits;
  }

  /** Resolves once the batches are durable; `baseOffset` and `appendTimeMs` are set then. Rejects a LogFault. */
  submit(batches: ReadonlyArray<PendingBatch>): Promise<void> {
    if (this.closed) return Promise.reject(new LogClosed());
    if (this.broken !== undefined) return Promise.reject(this.broken);
    if (batches.length === 0) return Promise.resolve();
    if (this.pendingBytes >= this.limits.pendingBytesMax) {
      return Promise.reject(new Overloaded(this.pendingBytes, this.limits.pendingBytesMax));
    }
    let bytes = 0;
    for (const batch of batches) bytes += batch.bytes.length;
    return new Promise((resolve, reject) => {
      this.queue.push({ batches, bytes, resolve, reject });
      this.pendingBytes += bytes;
      this.running ??= this.run();
    });
  }

  /** Refuses further appends and resolves once those given are settled. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // The other appends of this turn join the first transaction.
    await Promise.resolve();
    while (this.queue.length > 0) await this.commit(this.take());
    this.running = undefined;
  }

  private take(): Append[] {
    let bytes = 0;
    let taken = 0;
    for (const append of this.queue) {
      if (taken > 0 && bytes + append.bytes > this.limits.transactionBytesMax) break;
      bytes += append.bytes;
      taken += 1;
    }
    const group = this.queue.slice(0, taken);
    this.queue = this.queue.slice(taken);
    return group;
  }

  private async commit(group: ReadonlyArray<Append>): Promise<void> {
    try {
      if (this.broken !== undefined) throw this.broken;
      this.assertRoom(group);
      const ends = this.stamp(group);
      // 1. One transaction, synced before it resolves: a crash keeps the whole group or nothing of it.
      await this.store.transaction(() => this.put(group));
      this.store.renewReads();
      // 2. Only now do readers see it.
      for (const [state, last] of ends) {
        state.end = last.baseOffset + last.count;
        state.appendTimeMsMax = last.appendTimeMs;
      }
      // 3. Only now is it acknowledged.
      for (const append of group) append.resolve();
      for (const state of ends.keys()) wakeWaiters(state);
    } catch (error) {
      this.refuse(group, error);
    } finally {
      for (const append of group) this.pendingBytes -= append.bytes;
    }
  }

  private assertRoom(group: ReadonlyArray<Append>): void {
    const freeBytes = this.store.freeBytes();
    const neededBytes = group.reduce((sum, { bytes }) => sum + bytes, this.limits.freeBytesMin);
    if (freeBytes >= neededBytes) return;
    throw new DiskFull(this.store.folder, new Error(`${freeBytes} bytes are free, ${neededBytes} are needed.`));
  }

  /** Gives every batch its offset and time; the last batch of each partition. Nothing of it stands until the commit. */
  private stamp(group: ReadonlyArray<Append>): Map<PartitionState, PendingBatch> {
    const nowMs = Math.trunc(this.nowMs());
    const last = new Map<PartitionState, PendingBatch>();
    for (const append of group) {
      for (const batch of append.batches) {
        const before = last.get(batch.state);
        batch.baseOffset = before === undefined ? batch.state.end : before.baseOffset + before.count;
        batch.appendTimeMs = Math.max(nowMs, batch.state.appendTimeMsMax);
        stampBatch(batch.bytes, batch.baseOffset, batch.appendTimeMs);
        last.set(batch.state, batch);
      }
    }
    return last;
  }

  private put(group: ReadonlyArray<Append>): void {
    for (const append of group) {
      for (const { state, bytes, count, baseOffset, appendTimeMs } of append.batches) {
        const lastOffset = baseOffset + count - 1;
        const { topicId, partition } = state;
        this.store.batches.put(batchKey({ topicId, partition, baseOffset, lastOffset, appendTimeMs }), bytes);
      }
    }
  }

  /** A full disk leaves the log as it was. After any other fault nobody knows what the disk kept: no append may follow. */
  private refuse(group: ReadonlyArray<Append>, error: unknown): void {
    const known = error instanceof DiskFull || error instanceof LogIoError;
    const fault = known ? error : new LogIoError(this.store.folder, error);
    if (fault instanceof LogIoError) this.broken = fault;
    for (const append of group) append.reject(fault);
  }
}
