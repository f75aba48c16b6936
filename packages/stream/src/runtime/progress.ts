import type { Partition } from "@leadwire/log";
import type { PartitionTask } from "../core/partition-task.ts";
import type { StateSource } from "./task-loader.ts";

/** How far one task is. */
export interface TaskProgress {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to read. */
  readonly position: number;
  /** The end of its input as of the last read; null before the first. */
  readonly end: number | null;
  readonly behindRecords: number;
  /** Since the oldest unread record was appended (the newest read one stands for it); 0 when caught up. */
  readonly behindMs: number;
}

/** What a processor says of itself. */
export interface RunnerProgress {
  /** Assigned, all state here, and every task within 10,000 records or 5 s of its end. */
  readonly ready: boolean;
  readonly tasks: ReadonlyArray<TaskProgress>;
  /** Assigned tasks whose state is still being loaded. */
  readonly loading: number;
  /** Of all tasks. */
  readonly behindRecords: number;
  /** Of the task that is furthest behind. */
  readonly behindMs: number;
  /** Folded since the start. */
  readonly records: number;
  /** Over the last 5 seconds. */
  readonly recordsPerSecond: number;
  /** At the pace of the last 5 seconds; null while it is unknown, or while the tasks fall further behind. */
  readonly caughtUpInMs: number | null;
  /** How often partitions were taken back since the start. */
  readonly rebalances: number;
  readonly commits: number;
  /** Where assigned tasks' state came from, counted since the start. */
  readonly sources: Readonly<Record<StateSource, number>>;
}

const windowMs = 5_000;
const sampleEveryMs = 250;
const nearRecords = 10_000;
const nearMs = 5_000;

interface Sample {
  readonly atMs: number;
  readonly records: number;
  readonly behindRecords: number;
}

interface Ends {
  readonly end: number;
  readonly isCaughtUp: boolean;
}

/** Counts what a runner does. */
export class Progress {
  records = 0;
  rebalances = 0;
  commits = 0;
  /** All of the last assignment is here. */
  isAssigned = false;
  private readonly ends = new WeakMap<PartitionTask, Ends>();
  private readonly samples: Array<Sample> = [];

  /** A task has been read up to `position` of an input that ends at `end`. */
  noteRead(task: PartitionTask, end: number): void {
    this.ends.set(task, { end, isCaughtUp: task.position >= end });
  }

  /** After each round over the tasks. */
  noteRound(tasks: ReadonlyArray<PartitionTask>, atMs: number): void {
    const last = this.samples.at(-1);
    if (last !== undefined && atMs - last.atMs < sampleEveryMs) return;
    const behindRecords = tasks.reduce((sum, task) => sum + this.behind(task), 0);
    this.samples.push({ atMs, records: this.records, behindRecords });
    while (this.samples.length > 2 && atMs - (this.samples[0]?.atMs ?? atMs) > windowMs) this.samples.shift();
  }

  at(
    tasks: ReadonlyArray<PartitionTask>,
    loading: number,
    sources: Readonly<Record<StateSource, number>>,
    nowMs: number,
  ): RunnerProgress {
    const each = tasks.map((task) => this.of(task, nowMs));
    const behindRecords = each.reduce((sum, task) => sum + task.behindRecords, 0);
    const first = this.samples[0];
    const last = this.samples.at(-1);
    const stretchMs = first === undefined || last === undefined ? 0 : last.atMs - first.atMs;
    const folded = first === undefined || last === undefined ? 0 : last.records - first.records;
    const gained = first === undefined || last === undefined ? 0 : first.behindRecords - last.behindRecords;
    return {
      ready: this.isAssigned && loading === 0 && each.every(isNear),
      tasks: each,
      loading,
      behindRecords,
      behindMs: each.reduce((most, task) => Math.max(most, task.behindMs), 0),
      records: this.records,
      recordsPerSecond: stretchMs === 0 ? 0 : (folded / stretchMs) * 1_000,
      caughtUpInMs: behindRecords === 0 ? 0 : gained > 0 ? (behindRecords / gained) * stretchMs : null,
      rebalances: this.rebalances,
      commits: this.commits,
      sources: { ...sources },
    };
  }

  private behind(task: PartitionTask): number {
    return Math.max(0, (this.ends.get(task)?.end ?? task.position) - task.position);
  }

  private of(task: PartitionTask & Partition, nowMs: number): TaskProgress {
    const { topic, partition, position } = task;
    const ends = this.ends.get(task);
    const isCaughtUp = ends === undefined || ends.isCaughtUp || task.appendTimeMs === 0;
    return {
      topic,
      partition,
      position,
      end: ends?.end ?? null,
      behindRecords: this.behind(task),
      behindMs: isCaughtUp ? 0 : Math.max(0, nowMs - task.appendTimeMs),
    };
  }
}

const isNear = ({ end, behindRecords, behindMs }: TaskProgress): boolean =>
  end !== null && (behindRecords <= nearRecords || behindMs <= nearMs);
