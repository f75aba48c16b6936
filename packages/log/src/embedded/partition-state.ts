/** What the log knows of one partition without asking the disk. */
export interface PartitionState {
  readonly topic: string;
  readonly topicId: number;
  readonly partition: number;
  /** First kept offset. */
  start: number;
  /** First offset that is not durable. Readers see nothing at or behind it. */
  end: number;
  /** Append time of the last durable batch: the next one is never earlier, over restarts too. */
  appendTimeMsMax: number;
  readonly waiters: Set<Waiter>;
}

/** Someone who waits until the partition's end passes `offset`. */
export interface Waiter {
  readonly offset: number;
  readonly wake: () => void;
}

/** Wakes whoever waits for what is durable now. */
export const wakeWaiters = (state: PartitionState): void => {
  for (const waiter of [...state.waiters]) if (waiter.offset < state.end) waiter.wake();
};
