import type { Channel, NotificationMessage, SendOutcome } from "@leadwire/alerts";
import { type DeliveryPolicy, pauseMsAfter } from "./delivery-policy.ts";
import { GroupQueues } from "./group-queues.ts";

/** What deliveries have of the world. */
export interface DeliveryDeps {
  /** The receiver's channel as configured now; undefined where there is none of the name. */
  readonly channelOf: (receiver: string) => Channel | undefined;
  readonly onSettled: (key: string, outcome: "delivered" | "dead", attempts: number, detail: string) => void;
  /** A receiver began to fail (why), or answers again (null). */
  readonly onStanding?: (receiver: string, failing: string | null) => void;
  readonly nowMs: () => number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Runs the task once after `delayMs`; returns what cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  readonly policy: DeliveryPolicy;
}

interface Job {
  readonly key: string;
  readonly groupKey: string;
  readonly make: () => NotificationMessage;
  readonly abort: AbortController;
  /** When it was planned; until it is first made, when it was queued. */
  sinceMs: number;
  attempts: number;
  notBeforeMs: number;
}

/**
 * The way to one receiver. Within a group one notification follows the other; groups go side by side while all is well.
 * While the receiver fails, one at a time is tried, of each group in turn: one that the receiver cannot take does not
 * stand in the way of the others for longer than that.
 */
export class ReceiverLane {
  readonly #receiver: string;
  readonly #deps: DeliveryDeps;
  readonly #queues = new GroupQueues<Job>();
  readonly #busy = new Map<string, Promise<void>>();
  /** Failures in a row; 0 while all is well. */
  #failures = 0;
  #failingSinceMs = 0;
  #probeAtMs = 0;
  #askedUntilMs = 0;
  #cancelWake: (() => void) | undefined;
  #isStopped = false;

  constructor(receiver: string, deps: DeliveryDeps) {
    this.#receiver = receiver;
    this.#deps = deps;
  }

  get waiting(): number {
    return this.#queues.size;
  }

  get failingSinceMs(): number | null {
    return this.#failures > 0 ? this.#failingSinceMs : null;
  }

  add(key: string, groupKey: string, make: () => NotificationMessage): void {
    if (this.#isStopped || this.#queues.get(key) !== undefined) return;
    const { waitingMax } = this.#deps.policy;
    if (this.#queues.size >= waitingMax) {
      this.#deps.onSettled(key, "dead", 0, `Not tried: ${waitingMax} others wait for ${this.#receiver} already.`);
      return;
    }
    const sinceMs = this.#deps.nowMs();
    const abort = new AbortController();
    this.#queues.add({ key, groupKey, make, abort, sinceMs, attempts: 0, notBeforeMs: 0 });
    this.#pump();
  }

  /** Nothing more is heard of it, also when it is on its way. */
  withdraw(key: string): void {
    const job = this.#queues.get(key);
    if (job === undefined) return;
    this.#queues.remove(job);
    job.abort.abort();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelWake?.();
    for (const job of this.#queues.jobs()) job.abort.abort();
    await Promise.all(this.#busy.values());
  }

  #pump(): void {
    if (this.#isStopped) return;
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    const nowMs = this.#deps.nowMs();
    const room = this.#failures > 0 ? 1 : this.#deps.policy.groupsAtOnce;
    const pausedUntilMs = Math.max(this.#askedUntilMs, this.#failures > 0 ? this.#probeAtMs : 0);
    const busy = new Set(this.#busy.keys());
    while (busy.size < room && nowMs >= pausedUntilMs) {
      const job = this.#queues.next(nowMs, busy);
      if (job === undefined) break;
      busy.add(job.groupKey);
      this.#start(job);
    }
    if (busy.size >= room) return;
    const wakeMs = Math.max(this.#queues.nextDueMs(busy), pausedUntilMs);
    if (wakeMs === Number.POSITIVE_INFINITY) return;
    this.#cancelWake = this.#deps.after(Math.max(wakeMs - nowMs, 0), () => this.#pump());
  }

  #start(job: Job): void {
    job.attempts += 1;
    const isProbe = this.#failures > 0;
    const sent = this.#attempt(job).then((outcome) => {
      this.#busy.delete(job.groupKey);
      if (this.#isStopped) return;
      if (this.#queues.get(job.key) === job) this.#take(job, outcome, isProbe);
      this.#pump();
    });
    this.#busy.set(job.groupKey, sent);
  }

  async #attempt(job: Job): Promise<SendOutcome> {
    const channel = this.#deps.channelOf(this.#receiver);
    if (channel === undefined)
      return { _tag: "Refused", detail: `There is no receiver ${this.#receiver} in the configuration any more.` };
    let message: NotificationMessage;
    try {
      message = job.make();
    } catch (error) {
      return { _tag: "Refused", detail: `The message could not be made: ${String(error)}.` };
    }
    const plannedMs = Date.parse(message.planned_at);
    if (!Number.isNaN(plannedMs)) job.sinceMs = plannedMs;
    try {
      return await channel.send(message, job.abort.signal);
    } catch {
      // A channel returns its failures. What it throws all the same may hold anything, so it is not repeated.
      return { _tag: "Retry", detail: `Sending to ${this.#receiver} failed in a way that was not foreseen.` };
    }
  }

  #take(job: Job, outcome: SendOutcome, isProbe: boolean): void {
    if (outcome._tag === "Retry") {
      this.#failed(job, outcome, isProbe);
      return;
    }
    // An answer, also one that refuses, shows that the receiver is there.
    if (this.#failures > 0) {
      this.#failures = 0;
      // One that the configuration has no more answers nothing.
      if (this.#deps.channelOf(this.#receiver) !== undefined) this.#deps.onStanding?.(this.#receiver, null);
    }
    this.#settle(job, outcome._tag === "Delivered" ? "delivered" : "dead", outcome.detail);
  }

  #failed(job: Job, { detail, afterMs = 0 }: Extract<SendOutcome, { _tag: "Retry" }>, isProbe: boolean): void {
    const { nowMs, random, policy, onStanding } = this.#deps;
    const now = nowMs();
    const chance = random();
    job.notBeforeMs = now + Math.max(pauseMsAfter(job.attempts, chance, policy), afterMs);
    this.#askedUntilMs = Math.max(this.#askedUntilMs, now + afterMs);
    const begins = this.#failures === 0;
    // What was on its way when the first failed says nothing new.
    if (begins || isProbe) {
      this.#failures += 1;
      this.#probeAtMs = now + pauseMsAfter(this.#failures, chance, policy);
    }
    if (begins) {
      this.#failingSinceMs = now;
      onStanding?.(this.#receiver, detail);
    }
    for (const old of this.#queues.jobs()) {
      if (now - old.sinceMs < policy.giveUpMs) continue;
      if (old === job || !this.#busy.has(old.groupKey)) this.#giveUp(old, detail);
    }
  }

  #giveUp(job: Job, detail: string): void {
    const hours = Math.round(this.#deps.policy.giveUpMs / 36_000) / 100;
    this.#settle(job, "dead", `Given up after ${hours} h. Last failure: ${detail}`);
  }

  #settle(job: Job, outcome: "delivered" | "dead", detail: string): void {
    this.#queues.remove(job);
    this.#deps.onSettled(job.key, outcome, job.attempts, detail);
  }
}
