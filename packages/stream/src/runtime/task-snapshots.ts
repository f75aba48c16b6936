import type { StateHead } from "../core/partition-task.ts";

/** Copies of tasks' states that outlive a machine. */
export interface TaskSnapshots {
  /**
   * Brings the newest whole snapshot of a task that `wants` accepts into this process's store, in place of what is there.
   * False where there is none, or when `signal` says that nobody waits for it any more.
   */
  readonly bring: (task: string, wants: (head: StateHead) => boolean, signal?: AbortSignal) => Promise<boolean>;
}
