import { setTimeout as sleep } from "node:timers/promises";
import { dayMs, type SalesEvent } from "@leadwire/events";
import type { Random } from "../../oracle/random.ts";
import type { Delivery, Workload } from "./workload.ts";

/** What the run knows to be in the log, since it was told so. */
export class Acknowledged {
  /** Records, repeats among them. */
  records = 0;
  refused = 0;
  /** Requests that were sent again, since no answer came or none that says they are taken. */
  repeatedRequests = 0;
  private readonly names = new Set<string>();

  add(event: SalesEvent): void {
    this.records += 1;
    this.names.add(acknowledgedName(event));
  }

  get distinct(): ReadonlySet<string> {
    return this.names;
  }
}

/** An event's identity and revision in one text. */
export const acknowledgedName = ({ source_system, event_id, revision }: SalesEvent): string =>
  `${source_system} ${event_id} ${revision}`;

/** Sends deliveries once; resolves to those that have to be sent again. */
export type Send = (deliveries: ReadonlyArray<Delivery>) => Promise<ReadonlyArray<Delivery>>;

export interface ProducerOptions {
  readonly workload: Workload;
  readonly random: Random;
  /** Deliveries at most in one request. */
  readonly batchMax: number;
  readonly perSecond: number;
  readonly nowMs: () => number;
  readonly acknowledged: Acknowledged;
  readonly send: Send;
}

const remembered = 2_000;

/** Sends what the workload gives it, each batch again and again until it is acknowledged. */
export class ChaosProducer {
  /** Days that its clock is wrong by. */
  clockDays = 0;
  private readonly options: ProducerOptions;
  private readonly sent: Array<Delivery> = [];
  private repeats = 0;
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(options: ProducerOptions) {
    this.options = options;
  }

  start(): void {
    this.running = this.run();
    // Whoever stops it hears of it.
    this.running.catch(() => undefined);
  }

  /** Resolves once what it had begun to send is acknowledged; rejects what made it give up. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  /** Sends so many of the acknowledged ones again. */
  repeat(events: number): void {
    this.repeats += events;
  }

  private async run(): Promise<void> {
    const { random, perSecond, batchMax } = this.options;
    while (!this.stopping) {
      const batch = this.next(random.whole(1, batchMax));
      if (batch.length > 0) await this.sendAll(batch);
      await sleep(Math.max(20, (batch.length / perSecond) * 1_000));
    }
  }

  private next(count: number): ReadonlyArray<Delivery> {
    const { workload, random } = this.options;
    if (this.repeats > 0 && this.sent.length > 0) {
      const again = Math.min(count, this.repeats);
      this.repeats -= again;
      return Array.from({ length: again }, () => random.pick(this.sent));
    }
    const fresh = workload.take(count).map((delivery) => this.stamped(delivery));
    for (const delivery of fresh) this.sent.push(delivery);
    if (this.sent.length > remembered) this.sent.splice(0, this.sent.length - remembered);
    return fresh;
  }

  private stamped(delivery: Delivery): Delivery {
    const { clockDays, options } = this;
    if (clockDays === 0) return delivery;
    const { event } = delivery;
    // A clock that is fast dates what happens now into the future; one that is slow dates everything too early.
    const occurred_at = (clockDays > 0 ? options.nowMs() : event.occurred_at) + clockDays * dayMs;
    return { ...delivery, event: { ...event, occurred_at } };
  }

  private async sendAll(batch: ReadonlyArray<Delivery>): Promise<void> {
    const { send, random, acknowledged } = this.options;
    for (let left = batch; left.length > 0; ) {
      left = await send(left);
      if (left.length === 0) return;
      acknowledged.repeatedRequests += 1;
      await sleep(random.whole(50, 500));
    }
  }
}
