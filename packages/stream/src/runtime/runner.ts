import { setImmediate as nextTurn } from "node:timers/promises";
import { derivedRegistry } from "@leadwire/events";
import { type EventLog, type LogChunk, type LogPosition, type Partition, readBatchHeader } from "@leadwire/log";
import type { PartitionTask, StateHead } from "../core/partition-task.ts";
import { taskTopics } from "../core/task-inputs.ts";
import type { OutputBatch } from "../core/task-output.ts";
import { Assignment } from "./assignment.ts";
import { ChunkReads } from "./chunk-reads.ts";
import { Outputs } from "./outputs.ts";
import { Progress, type RunnerProgress } from "./progress.ts";
import { RestateRequests } from "./restate-requests.ts";
import { TaskLoader, type TaskSettings } from "./task-loader.ts";
import { taskName } from "./task-name.ts";
import type { TaskSnapshots } from "./task-snapshots.ts";
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

export interface RunnerOptions extends TaskSettings {
  readonly log: EventLog;
  readonly store: TaskStore;
  /** Copies of state from elsewhere, where there are any. */
  readonly snapshots?: TaskSnapshots;
  /** Serves requests on the control topic to tell again. The topic has to be there. */
  readonly followsRequests?: boolean;
  readonly nowMs: () => number;
  readonly limits?: Partial<RunnerLimits>;
  /** Gives others a turn; the event loop's next one unless given (a simulation has a scheduler of its own). */
  readonly breathe?: () => Promise<unknown>;
  /** Milliseconds from the append of a chunk's first record until all that follows from the chunk was appended. */
  readonly onTold?: (latencyMs: number) => void;
  /** A broken invariant, or a log that gave up: the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

/** Whether so much time has passed. A clock that was set back must not hold anything up until it is where it was. */
const isDue = (sinceMs: number, nowMs: number, everyMs: number): boolean =>
  nowMs < sinceMs || nowMs - sinceMs >= everyMs;

/**
 * Drives the tasks that a log assigns to this process: read, process, output, commit, one loop for all of them. One
 * await a batch, none per record. Rounds and changes of the assignment run one after another.
 */
export class Runner {
  readonly assignment: Assignment;
  private readonly options: RunnerOptions;
  private readonly limits: RunnerLimits;
  private readonly breathe: () => Promise<unknown>;
  private readonly outputs: Outputs;
  private readonly requests: RestateRequests;
  private readonly counted = new Progress();
  private readonly stopping = new AbortController();
  private waiting = new AbortController();
  private leave: (() => Promise<void>) | undefined;
  private running: Promise<void> = Promise.resolve();
  private turn: Promise<unknown> = Promise.resolve();
  private uncommitted = 0;
  private committedAtMs = 0;
  private beatAtMs = 0;
  /** Up to where the tasks' outputs are durable. */
  private readonly told = new Map<string, number>();
  /** Append times of chunks whose slices are still to be told. */
  private untoldMs: Array<number> = [];
  /** Tasks begun again on request, and up to where that goes: another request waits until then. */
  private readonly refolding = new Map<string, number>();

  constructor(options: RunnerOptions) {
    this.options = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.breathe = options.breathe ?? (() => nextTurn());
    this.outputs = new Outputs(options.log);
    const { log, store, snapshots, generation, registry = derivedRegistry, onFailure } = options;
    const onRequest = (): void => this.wake();
    const { breathe } = this;
    this.requests = new RestateRequests({ log, generation, registry, onRequest, onFailure, breathe });
    const loader = new TaskLoader({ ...options, store, snapshots, requests: this.requests, breathe: this.breathe });
    this.assignment = new Assignment(loader, store, (task, end) => {
      this.counted.noteRead(task, end);
      this.wake();
    });
  }

  /** Those whose state is here. */
  get tasks(): ReadonlyArray<PartitionTask> {
    return [...this.assignment.tasks.values()];
  }

  progress(): RunnerProgress {
    const { loading, sources } = this.assignment;
    return this.counted.at(this.tasks, loading, sources, this.options.nowMs());
  }

  /** Whether a stored state of a partition may be gone on with: not when somebody asked since for all its facts. */
  isCurrent(head: StateHead, partition: number): boolean {
    return head.requestsServed >= this.requests.factsBefore(partition);
  }

  /** Whether all that follows from the records before these offsets (by topic/partition) has been appended. */
  hasTold(offsets: ReadonlyMap<string, number>): boolean {
    for (const name of this.assignment.tasks.keys()) {
      if ((this.told.get(name) ?? -1) < (offsets.get(name) ?? 0)) return false;
    }
    return this.assignment.tasks.size > 0 && this.assignment.loading === 0;
  }

  /** Resolves once this process is a member and has the state of what it was assigned first. */
  async start(): Promise<void> {
    const { log, generation, followsRequests, nowMs, onFailure } = this.options;
    if (followsRequests === true) await this.requests.start();
    this.committedAtMs = nowMs();
    this.running = this.loop().catch(onFailure);
    const leave = await log.join(`leadwire.processor.${generation}`, taskTopics(generation), {
      onAssigned: (partitions, recalled) => this.assigned(partitions, recalled),
      onRevoked: (partitions) => this.inTurn(() => this.handOver(partitions)),
      copies: () => this.assignment.copies(),
    });
    if (this.stopping.signal.aborted) await leave();
    else this.leave = leave;
  }

  /** Finishes the batch in hand, commits, and leaves the group; one that is still being joined is not waited for. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    if (this.leave === undefined) await this.inTurn(() => this.handOver(this.tasks));
    else await this.leave();
    await this.requests.stop();
  }

  private async assigned(partitions: ReadonlyArray<Partition>, recalled?: AbortSignal): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return;
    const enough = recalled === undefined ? signal : AbortSignal.any([signal, recalled]);
    await this.assignment.assign(partitions, enough);
    this.counted.isAssigned = !enough.aborted;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private wake(): void {
    this.waiting.abort();
  }

  private async loop(): Promise<void> {
    const { log } = this.options;
    while (!this.stopping.signal.aborted) {
      this.waiting = new AbortController();
      await this.inTurn(() => this.round());
      if (this.stopping.signal.aborted) return;
      await log.waitForData(this.positions(), this.limits.heartbeatEveryMs, this.waiting.signal);
    }
  }

  private positions(): ReadonlyArray<LogPosition> {
    return this.tasks.map(({ topic, partition, position }) => ({ topic, partition, offset: position }));
  }

  private async round(): Promise<void> {
    const { log, nowMs } = this.options;
    await this.serveRequests();
    // Before the reads: what a heartbeat says of the end was true at this moment, also when the process slept since.
    const atMs = nowMs();
    const held = this.outputs.hold();
    const ends = new Map<PartitionTask, number>();
    let behind = false;
    const { tasks } = this;
    const reads = new ChunkReads(log, tasks, this.limits.chunkBytes);
    for (const [n, task] of tasks.entries()) {
      const chunk = await reads.of(n);
      ends.set(task, chunk.endOffset);
      behind ||= chunk.nextOffset < chunk.endOffset;
      if (chunk.nextOffset !== task.position) await held.add(this.fold(task, chunk));
      this.counted.noteRead(task, chunk.endOffset);
      // Folding is synchronous: whoever shares this thread (the sink, the page) gets a turn after each chunk.
      if (behind) await this.breathe();
    }
    const everyMs = behind ? this.limits.behindCommitEveryMs : this.limits.commitEveryMs;
    const due = isDue(this.committedAtMs, nowMs(), everyMs);
    const commits = this.uncommitted > 0 && (due || this.uncommitted >= this.limits.commitEveryRecords);
    // While there is more to read, the same slices change again and again: once a commit is often enough.
    const tellsSlices = commits || !behind;
    // 1. Outputs first: a crash after these lines repeats them, and every reader keeps the highest version.
    if (tellsSlices) await this.tellSlices(held);
    else await held.tell();
    // A heartbeat says that everything before its position has been told, slices too: until then it repeats the last one.
    // Far behind, slices are told seldom: each time says how far that goes.
    if ((behind && commits) || isDue(this.beatAtMs, atMs, this.limits.heartbeatEveryMs)) {
      this.beatAtMs = atMs;
      const beats = [...ends].flatMap(([task, end]) => (tellsSlices ? task.beat(end, atMs) : task.beatAgain(end)));
      await this.outputs.tell(beats);
    }
    this.counted.noteRound(tasks, nowMs());
    if (tellsSlices) for (const task of tasks) this.told.set(taskName(task), task.position);
    // 2. State and input positions in one transaction: a crash leaves all old or all new.
    if (commits) await this.commit();
  }

  private fold(task: PartitionTask, chunk: LogChunk): ReadonlyArray<OutputBatch> {
    const records = task.process(chunk.bytes, chunk.nextOffset);
    this.uncommitted += records;
    this.counted.records += records;
    if (this.options.onTold !== undefined) this.untoldMs.push(readBatchHeader(chunk.bytes, 0).maxTimestampMs);
    return task.takeFacts();
  }

  private async tellSlices(held = this.outputs.hold()): Promise<void> {
    await this.outputs.tellSlices(this.tasks, held);
    const { onTold, nowMs } = this.options;
    if (onTold === undefined || this.untoldMs.length === 0) return;
    const atMs = nowMs();
    for (const appendedMs of this.untoldMs) onTold(Math.max(0, atMs - appendedMs));
    this.untoldMs = [];
  }

  /** Readers that lost their place are told again: slices from state, facts by folding the partition anew. */
  private async serveRequests(): Promise<void> {
    const { requests, refolding } = this;
    for (const [name, task] of this.assignment.tasks) {
      const until = refolding.get(name) ?? 0;
      if (task.position < until) continue;
      refolding.delete(name);
      if (requests.factsBefore(task.partition) > task.requestsServed) {
        const { end } = await this.options.log.bounds(task);
        await this.assignment.restart(name);
        this.told.delete(name);
        refolding.set(name, end);
      } else if (requests.slicesBefore(task.partition) > task.requestsServed) {
        task.restateSlices();
        task.requestsServed = requests.next;
      }
    }
  }

  /** Tells what is left to tell and commits, so that the next owner goes on from here. */
  private async handOver(partitions: ReadonlyArray<Partition>): Promise<void> {
    this.counted.isAssigned = false;
    this.counted.rebalances += 1;
    await this.tellSlices();
    await this.commit();
    this.assignment.revoke(partitions);
    for (const place of partitions) {
      this.told.delete(taskName(place));
      this.refolding.delete(taskName(place));
    }
  }

  private async commit(): Promise<void> {
    if (this.uncommitted === 0) return;
    this.uncommitted = 0;
    this.committedAtMs = this.options.nowMs();
    await this.assignment.commit();
    this.counted.commits += 1;
  }
}
