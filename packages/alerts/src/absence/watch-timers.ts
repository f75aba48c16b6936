import type { Observation } from "../alert/observation.ts";
import { TimerQueue } from "../timers/timer-queue.ts";

/** What has timers: one for each step of a rule and each lead or deal. */
export interface TimedWatch {
  readonly due: (slot: number, step: number, dueMs: number, found: Array<Observation>) => void;
}

/** The timers of all rules in one queue, so that what comes next is known whatever the number of rules. */
export class WatchTimers {
  private readonly queue = new TimerQueue();
  private readonly steps: Array<readonly [watch: TimedWatch, step: number]> = [];

  /** All watches are made known before the first timer is added. Answers what `add` calls the watch's first step. */
  register(watch: TimedWatch, steps: number): number {
    const first = this.steps.length;
    for (let step = 0; step < steps; step += 1) this.steps.push([watch, step]);
    return first;
  }

  nextDueMs(): number {
    return this.queue.nextDueMs();
  }

  add(dueMs: number, slot: number, step: number): number {
    return this.queue.add(dueMs, slot * this.steps.length + step);
  }
  cancel(timer: number): void {
    this.queue.cancel(timer);
  }

  /** Tells the watches what is due by an instant; at most `max`. Answers how many those were. */
  advance(upToMs: number, max: number, found: Array<Observation>): number {
    const fire = (payload: number, dueMs: number): void => {
      const slot = Math.floor(payload / this.steps.length);
      const [watch, step] = this.steps[payload - slot * this.steps.length] as readonly [TimedWatch, number];
      watch.due(slot, step, dueMs, found);
    };
    return this.queue.advance(upToMs, fire, max);
  }
}
