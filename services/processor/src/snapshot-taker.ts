import { setTimeout as sleep } from "node:timers/promises";
import { type Runner, type StateSnapshots, taskName } from "@leadwire/stream";

export interface SnapshotTakerOptions {
  readonly runner: Runner;
  readonly snapshots: StateSnapshots;
  /** Of each task. */
  readonly everyMs: number;
  readonly nowMs: () => number;
  /** A snapshot that could not be written: it is tried again later. */
  readonly onNotice: (text: string) => void;
}

const looksMsMax = 15_000;

/** Takes snapshots of the tasks that this process has, one after another, as long as it runs. */
export class SnapshotTaker {
  private readonly options: SnapshotTakerOptions;
  private readonly stopping = new AbortController();
  private readonly takenMs = new Map<string, number>();
  private running: Promise<void> = Promise.resolve();

  constructor(options: SnapshotTakerOptions) {
    this.options = options;
  }

  start(): void {
    this.running = this.loop();
  }

  /** Resolves when no snapshot is being written any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    const lookMs = Math.min(this.options.everyMs / 4, looksMsMax);
    while (!signal.aborted) {
      await sleep(lookMs, undefined, { signal }).catch(() => undefined);
      for (const task of this.options.runner.tasks) {
        if (signal.aborted) return;
        await this.look(taskName(task), task.partition);
      }
    }
  }

  private async look(task: string, partition: number): Promise<void> {
    const { runner, snapshots, everyMs, nowMs, onNotice } = this.options;
    const { signal } = this.stopping;
    const isCurrent: Parameters<StateSnapshots["take"]>[1] = (head) => runner.isCurrent(head, partition);
    try {
      // Of a task that came from elsewhere, the former owner may have taken one just now.
      const lastMs = this.takenMs.get(task) ?? (await snapshots.takenMs(task, isCurrent)) ?? Number.NEGATIVE_INFINITY;
      this.takenMs.set(task, lastMs);
      if (nowMs() - lastMs < everyMs) return;
      this.takenMs.set(task, nowMs());
      await snapshots.take(task, isCurrent, signal);
    } catch (cause) {
      if (!signal.aborted) onNotice(`No snapshot of ${task} could be taken: ${String(cause)}. It is tried again.`);
    }
  }
}
