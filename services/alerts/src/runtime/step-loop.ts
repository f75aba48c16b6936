import { setImmediate as nextTurn } from "node:timers/promises";

/** One pass holds up the event loop no longer than this between two of its parts. */
const sliceMs = 4;
/** Nothing due, nothing heard: looks again. */
const idleMs = 1_000;
/** What is due again at once lets others go first. */
const againMs = 1;

/** Something that is asked in every pass, and may have something to wait for. */
export interface Stepper {
  /** Works at once; undefined where there is nothing to wait for. */
  readonly turn: (isLive: boolean) => Promise<void> | undefined;
  /** When it wants the next turn without being woken. */
  readonly nextDueMs: number;
}

export interface StepLoopOptions {
  readonly steppers: () => Iterable<Stepper>;
  readonly isLive: () => boolean;
  readonly nowMs: () => number;
  readonly onPass: (ms: number) => void;
  readonly onFailure: (cause: unknown) => void;
}

/**
 * Gives everybody a turn when something has happened or is due. Calls to `wake` while a pass runs become one more pass.
 * What a turn waits for holds up nobody else.
 */
export class StepLoop {
  private readonly options: StepLoopOptions;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isWoken = false;
  private isStopped = false;

  constructor(options: StepLoopOptions) {
    this.options = options;
  }

  readonly wake = (): void => {
    if (this.isStopped) return;
    this.isWoken = true;
    if (this.running !== undefined) return;
    clearTimeout(this.timer);
    this.running = this.run()
      .catch(this.options.onFailure)
      .finally(() => {
        this.running = undefined;
        this.isWoken ? this.wake() : this.sleep();
      });
  };

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    // Whoever woke the loop goes on first: what they told in one go is looked at in one go.
    await nextTurn();
    while (this.isWoken && !this.isStopped) {
      this.isWoken = false;
      await this.pass();
    }
  }

  private async pass(): Promise<void> {
    const { steppers, isLive, nowMs, onPass, onFailure } = this.options;
    const live = isLive();
    let sinceMs = nowMs();
    let spentMs = 0;
    for (const stepper of steppers()) {
      if (this.isStopped) return;
      stepper.turn(live)?.then(this.wake, onFailure);
      const atMs = nowMs();
      if (atMs - sinceMs < sliceMs) continue;
      spentMs += atMs - sinceMs;
      await nextTurn();
      sinceMs = nowMs();
    }
    onPass(spentMs + nowMs() - sinceMs);
  }

  private sleep(): void {
    if (this.isStopped) return;
    const { steppers, isLive, nowMs } = this.options;
    let dueMs = Number.POSITIVE_INFINITY;
    // Whoever waits for data is woken by them.
    if (isLive()) for (const { nextDueMs } of steppers()) dueMs = Math.min(dueMs, nextDueMs);
    this.timer = setTimeout(this.wake, Math.max(againMs, Math.min(dueMs - nowMs(), idleMs)));
  }
}
