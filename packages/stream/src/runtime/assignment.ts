import { derivedRegistry } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Measure } from "@leadwire/kpis";
import type { Partition } from "@leadwire/log";
import { PartitionTask } from "../core/partition-task.ts";
import { releaseState, type StateCapture } from "../core/state/task-state.ts";
import type { TaskStore } from "./task-store.ts";

/** Copied pages held in memory before they are committed. */
const heldBytesMax = 32 * 1_048_576;

/** What every task of one processor shares. */
export interface TaskSettings {
  readonly workspace: Workspace;
  readonly measures: ReadonlyArray<Measure>;
  readonly generation: string;
  readonly partitions: number;
}

const taskName = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

/** The tasks that are assigned here, made from their committed state or from nothing. */
export class Assignment {
  readonly tasks = new Map<string, PartitionTask>();
  private readonly settings: TaskSettings;
  private readonly store: TaskStore;
  private readonly calendar: ZoneCalendar;

  constructor(settings: TaskSettings, store: TaskStore) {
    this.settings = settings;
    this.store = store;
    this.calendar = new ZoneCalendar(settings.workspace.timeZone);
  }

  assign(partitions: ReadonlyArray<Partition>): void {
    for (const place of partitions) {
      const name = taskName(place);
      if (this.tasks.has(name)) continue;
      const { workspace, generation, partitions: count, measures } = this.settings;
      const context = { workspace, calendar: this.calendar, generation, partition: place.partition, partitions: count };
      const task = new PartitionTask(place.topic, context, measures, derivedRegistry);
      const saved = this.store.load(name);
      if (saved !== undefined) {
        releaseState(task.fold.state, saved.reader);
        task.restore(saved.head, saved.reader);
      }
      this.tasks.set(name, task);
    }
  }

  revoke(partitions: ReadonlyArray<Partition>): void {
    for (const place of partitions) this.tasks.delete(taskName(place));
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
    for (const [name, task] of this.tasks) {
      releaseState(task.fold.state, this.store.readerOf(name));
    }
  }
}
