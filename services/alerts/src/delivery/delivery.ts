import type { NotificationMessage } from "@leadwire/alerts";
import { type DeliveryDeps, ReceiverLane } from "./receiver-lane.ts";

/** How a receiver stands. */
export interface ReceiverStanding {
  readonly receiver: string;
  readonly waiting: number;
  /** Null while it answers. */
  readonly failingSinceMs: number | null;
}

/**
 * Takes notifications to their receivers: each receiver has a lane of its own, so that a slow or dead one delays no
 * other. What waits is a key and a way to make the message, which is made when it is sent.
 */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #lanes = new Map<string, ReceiverLane>();

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /**
   * Queues a notification; a key that is queued already is left as it is. `onSettled` is called once, possibly before
   * this returns, unless it is withdrawn or everything is stopped before.
   */
  deliver(key: string, receiver: string, groupKey: string, make: () => NotificationMessage): void {
    let lane = this.#lanes.get(receiver);
    if (lane === undefined) {
      lane = new ReceiverLane(receiver, this.#deps);
      this.#lanes.set(receiver, lane);
    }
    lane.add(key, groupKey, make);
  }

  /** Another instance owns it now: it is not sent any more and nothing is settled. */
  withdraw(key: string): void {
    for (const lane of this.#lanes.values()) lane.withdraw(key);
  }

  standings(): ReadonlyArray<ReceiverStanding> {
    return [...this.#lanes].map(([receiver, { waiting, failingSinceMs }]) => ({ receiver, waiting, failingSinceMs }));
  }

  /** Cuts what is on its way, settles nothing, and resolves once all of it has ended. */
  async stop(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
  }
}
