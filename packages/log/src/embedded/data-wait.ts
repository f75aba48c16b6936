import type { PartitionState, Waiter } from "./partition-state.ts";

export interface WaitPosition {
  readonly state: PartitionState;
  readonly offset: number;
}

/** Those who wait for data; a durable append wakes them, nobody polls. */
export class DataWait {
  private readonly open = new Set<() => void>();

  /** True once a partition's end passes its offset; false after `timeoutMs`, on abort, or when the log closes. */
  until(positions: ReadonlyArray<WaitPosition>, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
    if (positions.some(({ state, offset }) => offset < state.end)) return Promise.resolve(true);
    if (signal?.aborted === true || timeoutMs <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (found: boolean): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
        positions.forEach(({ state }, index) => {
          const waiter = waiters[index];
          if (waiter !== undefined) state.waiters.delete(waiter);
        });
        this.open.delete(giveUp);
        resolve(found);
      };
      const giveUp = (): void => settle(false);
      const waiters = positions.map(({ offset }): Waiter => ({ offset, wake: () => settle(true) }));
      positions.forEach(({ state }, index) => {
        const waiter = waiters[index];
        if (waiter !== undefined) state.waiters.add(waiter);
      });
      const timer = setTimeout(giveUp, Math.min(timeoutMs, 2_147_483_647));
      signal?.addEventListener("abort", giveUp, { once: true });
      this.open.add(giveUp);
    });
  }

  close(): void {
    for (const giveUp of [...this.open]) giveUp();
  }
}
