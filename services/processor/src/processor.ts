import { Runner, type RunnerOptions, StateStore } from "@leadwire/stream";

export interface ProcessorOptions extends Omit<RunnerOptions, "store"> {
  /** Where the tasks' state is kept: a cache of the log, safe to delete while nobody runs. */
  readonly stateFolder: string;
}

export interface Processor {
  readonly runner: Runner;
  /** Finishes the batch in hand, commits, and leaves the group. */
  readonly stop: () => Promise<void>;
}

/** Starts the tasks that the log assigns to this process: log to facts and metrics. */
export const startProcessor = async ({ stateFolder, ...options }: ProcessorOptions): Promise<Processor> => {
  const store = new StateStore(stateFolder);
  const runner = new Runner({ ...options, store });
  await runner.start();
  const stop = async (): Promise<void> => {
    await runner.stop();
    await store.close();
  };
  return { runner, stop };
};
