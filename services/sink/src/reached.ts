import { type LogPosition, type Partition, partitionName } from "@leadwire/log";
import type { StoredPosition } from "@leadwire/store";

interface Waiter {
  readonly positions: ReadonlyArray<LogPosition>;
  readonly resolve: () => void;
}

/** Up to where everything is stored, and who waits for that. */
export class Reached {
  readonly #stored = new Map<string, StoredPosition>();
  #waiters: ReadonlyArray<Waiter> = [];

  positions(): ReadonlyArray<StoredPosition> {
    return [...this.#stored.values()];
  }

  advance(marks: ReadonlyArray<StoredPosition>): void {
    for (const mark of marks) this.#stored.set(partitionName(mark), mark);
    const waiters = this.#waiters;
    this.#waiters = waiters.filter(({ positions }) => !this.#passed(positions));
    for (const waiter of waiters) if (!this.#waiters.includes(waiter)) waiter.resolve();
  }

  forget(partition: Partition): void {
    this.#stored.delete(partitionName(partition));
  }

  /** Resolves once every record before these offsets is stored. */
  wait(positions: ReadonlyArray<LogPosition>): Promise<void> {
    if (this.#passed(positions)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters = [...this.#waiters, { positions, resolve }];
    });
  }

  #passed(positions: ReadonlyArray<LogPosition>): boolean {
    return positions.every(
      (position) => (this.#stored.get(partitionName(position))?.nextOffset ?? 0) >= position.offset,
    );
  }
}
