import type { Random } from "../oracle/random.ts";

/** Where a fault hurts most: state half written, written and not pointed to, committed and not told; output appended and not acknowledged. */
export const moments = ["writing", "written", "committed", "appended"] as const;
export type Moment = (typeof moments)[number];

/** Where code runs that may stop at any moment: what waits on a dead machine never goes on, on a paused one later. */
export class Machine {
  readonly name: string;
  isDead = false;
  isPaused = false;
  private armed: { readonly moment: Moment; readonly strike: () => void } | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Strikes when the machine next comes to this moment. */
  arm(moment: Moment, strike: () => void): void {
    this.armed = { moment, strike };
  }

  reach(moment: Moment): void {
    if (this.armed?.moment !== moment) return;
    const { strike } = this.armed;
    this.armed = undefined;
    strike();
  }
}

/** Something that goes on once its moment has come; `readyMs` may be brought forward. */
export interface Waiting {
  readonly machine: Machine;
  readyMs: number;
  readonly go: () => void;
}

/** Lets everything run that a step set free: promises settle before the next turn of the event loop. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Decides what goes on next, in a random order that one seed fixes: every await of a simulated port ends here. Time is
 * a number that moves only here.
 */
export class Scheduler {
  /** Time that never goes back: what timeouts count in. */
  nowMs = 0;
  steps = 0;
  readonly random: Random;
  private waiting: Array<Waiting> = [];

  constructor(random: Random) {
    this.random = random;
  }

  later(machine: Machine, delayMs: number, go: () => void): Waiting {
    const waiting = { machine, readyMs: this.nowMs + delayMs, go };
    this.waiting.push(waiting);
    return waiting;
  }

  /** Resolves some time after `delayMs`; never when the machine dies first. */
  turn(machine: Machine, delayMs = 0): Promise<void> {
    return new Promise((resolve) => this.later(machine, delayMs, resolve));
  }

  /** As `turn`, but over as soon as the signal aborts. */
  sleep(machine: Machine, ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.later(machine, signal?.aborted === true ? 0 : ms, resolve);
      signal?.addEventListener("abort", () => {
        waiting.readyMs = Math.min(waiting.readyMs, this.nowMs);
      });
    });
  }

  /** What waits for long waits no longer. */
  hurry(): void {
    for (const waiting of this.waiting) waiting.readyMs = Math.min(waiting.readyMs, this.nowMs + 5);
  }

  /** Lets one of those go on whose moment has come, or moves time to the next such moment; false when none is left. */
  step(): boolean {
    this.steps += 1;
    if (this.random.chance(0.3)) this.nowMs += 1;
    const ready: Array<number> = [];
    let nextMs = Number.POSITIVE_INFINITY;
    let dead = 0;
    for (let n = 0; n < this.waiting.length; n += 1) {
      const { machine, readyMs } = this.waiting[n] as Waiting;
      if (machine.isDead) dead += 1;
      else if (machine.isPaused) continue;
      else if (readyMs <= this.nowMs) ready.push(n);
      else if (readyMs < nextMs) nextMs = readyMs;
    }
    if (ready.length > 0) {
      const index = ready[this.random.whole(0, ready.length - 1)] as number;
      const [chosen] = this.waiting.splice(index, 1);
      chosen?.go();
    } else if (nextMs < Number.POSITIVE_INFINITY) this.nowMs = nextMs;
    else return false;
    if (dead > 20) this.waiting = this.waiting.filter(({ machine }) => !machine.isDead);
    return true;
  }
}
