import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventLog, LogPosition } from "@leadwire/log";
import type { PartitionTask } from "../core/partition-task.ts";
import { taskTopics } from "../core/partition-task.ts";
import type { OutputBatch } from "../core/task-output.ts";
import { Assignment, type TaskSettings } from "./assignment.ts";
import type { TaskStore } from "./task-store.ts";

export interface RunnerLimits {
  /** Read from one partition at a time. */
  readonly chunkBytes: number;
  /** State is committed after this long, or after this many records. */
  readonly commitEveryMs: number;
  /** While behind: the same slices change again and again, so telling them seldom is telling them less often. */
  readonly behindCommitEveryMs: number;
  readonly commitEveryRecords: number;
  readonly heartbeatEveryMs: number;
}

const defaultLimits: RunnerLimits = {
  chunkBytes: 512 * 1024,
  commitEveryMs: 1_000,
  behindCommitEveryMs: 10_000,
  commitEveryRecords: 1_000_000,
  heartbeatEveryMs: 1_000,
};

/** Outputs held in memory before they are appended. */
const heldBytesMax = 16 * 1_048_576;

export interface RunnerOptions extends TaskSettings {
  readonly log: EventLog;
  readonly store: TaskStore;
  readonly nowMs: () => number;
  readonly limits?: Partial<RunnerLimits>;
  /** Gives others a turn; the event loop's next one unless given (a simulation has a scheduler of its own). */
  readonly breathe?: () => Promise<unknown>;
  /** A broken invariant, or a log that gave up: the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

/**
 * Drives the tasks that a log assigns to this process: read, process, output, commit, one loop for all of them. One
 * await a batch, none per record.
 */
export class Runner {
  readonly assignment: Assignment;
  private readonly options: RunnerOptions;
  private readonly limits: RunnerLimits;
  private readonly breathe: () => Promise<unknown>;
  private readonly stopping = new AbortController();
  private leave: (() => Promise<void>) | undefined;
  private running: Promise<void> = Promise.resolve();
  private uncommitted = 0;
  private committedAtMs = 0;
  private beatAtMs = 0;
  /** Up to where the tasks' outputs are durable. */
  private readonly told = new Map<string, number>();
  private busy: Promise<void> = Promise.resolve();

  constructor(options: RunnerOptions) {
    this.options = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.breathe = options.breathe ?? (() => nextTurn());
    this.assignment = new Assignment(options, options.store);
  }

  get tasks(): ReadonlyArray<PartitionTask> {
    return [...this.assignment.tasks.values()];
  }

  /** Whether all that follows from the records before these offsets (by topic/partition) has been appended. */
  hasTold(offsets: ReadonlyMap<string, number>): boolean {
    for (const name of this.assignment.tasks.keys()) {
      if ((this.told.get(name) ?? -1) < (offsets.get(name) ?? 0)) return false;
    }
    return this.assignment.tasks.size > 0;
  }

  async start(): Promise<void> {
    const { log, generation } = this.options;
    this.leave = await log.join(`leadwire.processor.${generation}`, taskTopics(generation), {
      onAssigned: async (partitions) => this.assignment.assign(partitions),
      onRevoked: async (partitions) => {
        await this.busy;
        await this.handOver();
        this.assignment.revoke(partitions);
      },
    });
    this.committedAtMs = this.options.nowMs();
    this.running = this.loop().catch(this.options.onFailure);
  }

  /** Finishes the batch in hand, commits, and leaves the group. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.leave?.();
  }

  private async loop(): Promise<void> {
    const { log } = this.options;
    while (!this.stopping.signal.aborted) {
      this.busy = this.round();
      await this.busy;
      await log.waitForData(this.positions(), this.limits.heartbeatEveryMs, this.stopping.signal);
    }
  }

  private positions(): ReadonlyArray<LogPosition> {
    return this.tasks.map(({ topic, partition, position }) => ({ topic, partition, offset: position }));
  }

  private async round(): Promise<void> {
    const { log, nowMs } = this.options;
    const batches: Array<OutputBatch> = [];
    const ends = new Map<PartitionTask, number>();
    let behind = false;
    for (const task of this.tasks) {
      const chunk = await log.read(task, task.position, this.limits.chunkBytes);
      ends.set(task, chunk.endOffset);
      behind ||= chunk.nextOffset < chunk.endOffset;
      if (chunk.nextOffset === task.position) continue;
      this.uncommitted += task.process(chunk.bytes, chunk.nextOffset);
      batches.push(...task.takeFacts());
      // Folding is synchronous: whoever shares this thread (the sink, the page) gets a turn after each chunk.
      if (behind) await this.breathe();
    }
    const atMs = nowMs();
    const everyMs = behind ? this.limits.behindCommitEveryMs : this.limits.commitEveryMs;
    const due = atMs - this.committedAtMs >= everyMs;
    const commits = this.uncommitted > 0 && (due || this.uncommitted >= this.limits.commitEveryRecords);
    // While there is more to read, the same slices change again and again: once a commit is often enough.
    const tellsSlices = commits || !behind;
    await this.tell(batches);
    if (tellsSlices) await this.tellSlices();
    // A heartbeat says that everything before its position has been told: slices too.
    if (tellsSlices && atMs - this.beatAtMs >= this.limits.heartbeatEveryMs) {
      this.beatAtMs = atMs;
      await this.tell([...ends].flatMap(([task, end]) => task.beat(end, atMs)));
    }
    // 1. Outputs first: a crash after this line repeats them, and every reader keeps the highest version.
    if (tellsSlices) for (const [name, task] of this.assignment.tasks) this.told.set(name, task.position);
    // 2. State and input positions in one transaction: a crash leaves all old or all new.
    if (commits) await this.commit();
  }

  /** Tells what is left to tell and commits, so that the next owner goes on from here. */
  private async handOver(): Promise<void> {
    await this.tellSlices();
    await this.commit();
  }

  private async tell(batches: ReadonlyArray<OutputBatch>): Promise<void> {
    if (batches.length > 0) await this.options.log.appendBatches(batches);
  }

  /** In bounded appends: after a long stretch of reading, the slices that changed are many. */
  private async tellSlices(): Promise<void> {
    let batches: Array<OutputBatch> = [];
    let bytes = 0;
    for (const task of this.tasks) {
      for (const output of task.takeSlices()) {
        batches.push(output);
        bytes += output.batch.length;
      }
      if (bytes < heldBytesMax) continue;
      await this.tell(batches);
      batches = [];
      bytes = 0;
    }
    await this.tell(batches);
  }

  private async commit(): Promise<void> {
    if (this.uncommitted === 0) return;
    this.uncommitted = 0;
    this.committedAtMs = this.options.nowMs();
    await this.assignment.commit();
  }
}
