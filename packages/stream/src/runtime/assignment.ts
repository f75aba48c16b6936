import type { LogPosition, Partition } from "@leadwire/log";
import { type PartitionTask, stateHead } from "../core/partition-task.ts";
import { releaseState, type StateCapture } from "../core/state/task-state.ts";
import type { LoadedTask, StateSource, TaskLoader } from "./task-loader.ts";
import { partitionOfTask, taskName } from "./task-name.ts";
import type { TaskStore } from "./task-store.ts";

/** Copied pages held in memory before they are committed. */
const heldBytesMax = 32 * 1_048_576;

/** The tasks that are assigned here. What is taken back stays in memory until it is known who gets it. */
export class Assignment {
  readonly tasks = new Map<string, PartitionTask>();
  /** Where tasks came from, counted. */
  readonly sources: Record<StateSource, number> = { parked: 0, local: 0, snapshot: 0, log: 0 };
  private readonly parked = new Map<string, PartitionTask>();
  private readonly awaited = new Map<string, Partition>();
  private readonly loader: TaskLoader;
  private readonly store: TaskStore;
  private readonly onReady: (task: PartitionTask, end: number) => void;

  /** `onReady`: told whenever a task can go on, and where its input ends. */
  constructor(loader: TaskLoader, store: TaskStore, onReady: (task: PartitionTask, end: number) => void) {
    this.loader = loader;
    this.store = store;
    this.onReady = onReady;
  }

  /** Assigned tasks whose state is not here yet. */
  get loading(): number {
    return this.awaited.size;
  }

  /**
   * Takes partitions on: those that were here a moment ago go on at once, where they were, whoever had them in between:
   * what they tell again has the same versions. The others follow one by one. Resolves when all are here, or when
   * `recalled` says that they are wanted back. Parked tasks that were not given back are dropped.
   */
  async assign(partitions: ReadonlyArray<Partition>, recalled?: AbortSignal): Promise<void> {
    for (const place of partitions) {
      const name = taskName(place);
      if (this.tasks.has(name)) continue;
      const parked = this.parked.get(name);
      if (parked === undefined) this.awaited.set(name, place);
      else this.take(name, { task: parked, source: "parked", end: parked.position });
    }
    this.parked.clear();
    for (const [name, place] of this.awaited) {
      if (recalled?.aborted === true) return;
      const loaded = await this.loader.load(place, recalled);
      if (loaded === undefined || !this.awaited.delete(name)) continue;
      this.take(name, loaded);
    }
  }

  /** To be called when their state is committed. */
  revoke(partitions: ReadonlyArray<Partition>): void {
    for (const place of partitions) {
      const name = taskName(place);
      const task = this.tasks.get(name);
      if (task !== undefined) this.parked.set(name, task);
      this.tasks.delete(name);
      this.awaited.delete(name);
    }
  }

  /** Begins a task again at the log's start, and throws its state away. */
  async restart(name: string): Promise<void> {
    await this.store.forget(name);
    this.tasks.set(name, this.loader.fresh(partitionOfTask(name)));
  }

  /** How far the copies on this machine reach, in memory and on disk. */
  copies(): ReadonlyArray<LogPosition> {
    const offsets = new Map<string, number>();
    for (const [name, text] of this.store.heads()) {
      const head = stateHead(text);
      if (this.loader.isCurrent(head, partitionOfTask(name).partition)) offsets.set(name, head.position);
    }
    for (const held of [this.parked, this.tasks]) {
      for (const [name, task] of held) {
        // Of two that reach as far, the one in memory is there at once.
        if (this.loader.isCurrent(task, task.partition)) offsets.set(name, task.position + 1);
      }
    }
    return [...offsets].map(([name, offset]) => ({ ...partitionOfTask(name), offset }));
  }

  /**
   * Commits what the tasks changed since the last commit: each task's state with its position in one transaction, and
   * as many tasks in one as fit into a bounded copy of their pages.
   */
  async commit(): Promise<void> {
    let captures = new Map<string, StateCapture>();
    let bytes = 0;
    for (const [name, task] of this.tasks) {
      const capture = task.capture();
      captures.set(name, capture);
      for (const page of capture.pages) bytes += page.bytes.length;
      if (bytes < heldBytesMax) continue;
      await this.store.commit(captures);
      captures = new Map();
      bytes = 0;
    }
    await this.store.commit(captures);
    for (const [name, task] of this.tasks) releaseState(task.fold.state, this.store.readerOf(name));
  }

  private take(name: string, { task, source, end }: LoadedTask): void {
    this.tasks.set(name, task);
    this.sources[source] += 1;
    this.onReady(task, end);
  }
}
