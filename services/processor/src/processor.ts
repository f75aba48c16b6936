import { Runner, type RunnerOptions, StateStore } from "@leadwire/stream";

export interface ProcessorOptions extends Omit<RunnerOptions, "store"> {
  /** Where the tasks' state is kept: a cache of the log, safe to delete while nobody runs. */
  readonly stateFolder: string;
}

export interface Processor {
  readonly runner: Runner;
  /** Joins the group and begins to fold. */
  readonly start: () => Promise<void>;
  /** Finishes the batch in hand, commits, and leaves the group. */
  readonly stop: () => Promise<void>;
}

/** The tasks that the log assigns to this process, once started: log to facts and metrics. */
export const createProcessor = ({ stateFolder, ...options }: ProcessorOptions): Processor => {
  const store = new StateStore(stateFolder);
  const runner = new Runner({ ...options, store });
  const stop = async (): Promise<void> => {
    await runner.stop();
    await store.close();
  };
  return { runner, start: () => runner.start(), stop };
};
