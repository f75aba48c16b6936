import type { StateCapture, StateReader } from "../core/state/task-state.ts";

/** A task's state as it was committed last. */
export interface CommittedState {
  /** See `stateHead` for what it says. */
  readonly head: string;
  readonly reader: StateReader;
}

/**
 * Where the tasks' state is kept: a cache of the log. A commit is atomic over everything in it: a crash leaves all of
 * it old or all of it new. Tasks are named `topic/partition`.
 */
export interface TaskStore {
  /** Undefined where there is none. */
  readonly load: (task: string) => CommittedState | undefined;
  /** Reads committed pages again, while the task works on. */
  readonly readerOf: (task: string) => StateReader;
  /** The heads of all states here, by task. */
  readonly heads: () => ReadonlyMap<string, string>;
  /** Resolves when the captures are durable. */
  readonly commit: (captures: ReadonlyMap<string, StateCapture>) => Promise<void>;
  /** Throws a task's state away; resolves when that is durable. What is committed next begins anew. */
  readonly forget: (task: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
