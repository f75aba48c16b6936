import type { SchemaRegistry } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Measure } from "@leadwire/kpis";
import type { EventLog, Partition } from "@leadwire/log";
import { PartitionTask, type StateHead, stateHead } from "../core/partition-task.ts";
import { releaseState } from "../core/state/task-state.ts";
import type { TaskContext } from "../core/task.ts";
import { taskName } from "./task-name.ts";
import type { TaskSnapshots } from "./task-snapshots.ts";
import type { TaskStore } from "./task-store.ts";

/** What every task of one processor shares. */
export interface TaskSettings {
  readonly workspace: Workspace;
  readonly measures: ReadonlyArray<Measure>;
  readonly generation: string;
  readonly partitions: number;
  /** See TaskContext. */
  readonly registry?: SchemaRegistry;
  readonly tellsErasures?: boolean;
}

/** Which requests of the control topic a state has to have served, or to serve. */
export interface ServedRequests {
  /** State of a partition that was begun before this offset does not count any more. */
  readonly factsBefore: (partition: number) => number;
  /** Up to here the control topic has been read. */
  readonly next: number;
}

/** Where a task's state came from when it was assigned. */
export type StateSource = "parked" | "local" | "snapshot" | "log";

export interface LoadedTask {
  readonly task: PartitionTask;
  readonly source: StateSource;
  /** Of its input. */
  readonly end: number;
}

interface TaskLoaderOptions extends TaskSettings {
  readonly log: EventLog;
  readonly store: TaskStore;
  readonly snapshots: TaskSnapshots | undefined;
  readonly requests: ServedRequests;
  /** Gives others a turn. */
  readonly breathe: () => Promise<unknown>;
}

/** Fetching a snapshot takes longer than folding this many records more. */
const snapshotAheadMin = 100_000;

/** Makes tasks: from the copy on this machine, from a snapshot that is well ahead of it, or from nothing. */
export class TaskLoader {
  private readonly options: TaskLoaderOptions;
  private readonly context: Omit<TaskContext, "partition">;

  constructor(options: TaskLoaderOptions) {
    this.options = options;
    const { workspace, generation, partitions, registry, tellsErasures } = options;
    this.context = {
      workspace,
      calendar: new ZoneCalendar(workspace.timeZone),
      generation,
      partitions,
      ...(registry === undefined ? {} : { registry }),
      ...(tellsErasures === undefined ? {} : { tellsErasures }),
    };
  }

  /** A task at the log's start. It tells everything from there, which serves every request made until now. */
  fresh({ topic, partition }: Partition): PartitionTask {
    const task = new PartitionTask(topic, { ...this.context, partition }, this.options.measures);
    task.requestsServed = this.options.requests.next;
    return task;
  }

  /** Whether a state may be gone on with: not when somebody asked since for everything from the log's start. */
  isCurrent({ requestsServed }: StateHead, partition: number): boolean {
    return requestsServed >= this.options.requests.factsBefore(partition);
  }

  /**
   * In steps, so that heartbeats and the other tasks go on meanwhile. Undefined once `recalled` says that the partition
   * is wanted back.
   */
  async load(place: Partition, recalled: AbortSignal | undefined): Promise<LoadedTask | undefined> {
    const name = taskName(place);
    const source = await this.choose(place, name, recalled);
    const saved = this.options.store.load(name);
    const task = this.fresh(place);
    if (saved !== undefined) {
      releaseState(task.fold.state, saved.reader);
      for (const _ of task.restoring(saved.head, saved.reader)) {
        await this.options.breathe();
        if (recalled?.aborted === true) return undefined;
      }
    }
    const { end } = await this.options.log.bounds(place);
    return { task, source, end };
  }

  /** Puts the best state there is into the store. */
  private async choose(place: Partition, name: string, recalled: AbortSignal | undefined): Promise<StateSource> {
    const { store, snapshots } = this.options;
    const saved = store.load(name);
    const held = saved === undefined ? undefined : stateHead(saved.head);
    const isHeld = held !== undefined && this.isCurrent(held, place.partition);
    const enough = isHeld ? held.position + snapshotAheadMin : 0;
    const wants = (head: StateHead): boolean => head.position > enough && this.isCurrent(head, place.partition);
    if ((await snapshots?.bring(name, wants, recalled)) === true) return "snapshot";
    if (isHeld) return "local";
    if (saved !== undefined) await store.forget(name);
    return "log";
  }
}
