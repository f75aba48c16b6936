import { Runner, type RunnerOptions, StateSnapshots, StateStore } from "@leadwire/stream";
import { SnapshotTaker } from "./snapshot-taker.ts";

/** Where snapshots of state go, so that another machine can go on from them. */
export interface SnapshotSettings {
  /** Shared by all processors. */
  readonly folder: string;
  /** Of each task; ten minutes unless given. */
  readonly everyMs?: number;
  /** Tells this process's files from those that others write at the same time: host and process, for example. */
  readonly writer: string;
}

export interface ProcessorOptions extends Omit<RunnerOptions, "store" | "snapshots"> {
  /** Where the tasks' state is kept: a cache of the log, safe to delete while nobody runs. */
  readonly stateFolder: string;
  readonly snapshots?: SnapshotSettings;
  /** What a person should know and need not act on at once. */
  readonly onNotice?: (text: string) => void;
}

export interface Processor {
  readonly runner: Runner;
  /** Joins the group and begins to fold. */
  readonly start: () => Promise<void>;
  /** Finishes the batch in hand, commits, and leaves the group. */
  readonly stop: () => Promise<void>;
}

const snapshotEveryMs = 600_000;

/** The tasks that the log assigns to this process, once started: log to facts and metrics. */
export const createProcessor = ({
  stateFolder,
  snapshots: settings,
  onNotice = () => undefined,
  ...options
}: ProcessorOptions): Processor => {
  const { generation, nowMs } = options;
  const store = new StateStore(stateFolder);
  const snapshots =
    settings === undefined ? undefined : new StateSnapshots({ ...settings, generation, store, nowMs, onNotice });
  const runner = new Runner({ ...options, store, ...(snapshots === undefined ? {} : { snapshots }) });
  const everyMs = settings?.everyMs ?? snapshotEveryMs;
  const taker =
    snapshots === undefined ? undefined : new SnapshotTaker({ runner, snapshots, everyMs, nowMs, onNotice });
  const start = async (): Promise<void> => {
    await runner.start();
    taker?.start();
  };
  const stop = async (): Promise<void> => {
    await taker?.stop();
    await runner.stop();
    await store.close();
  };
  return { runner, start, stop };
};
