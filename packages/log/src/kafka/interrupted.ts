import { LogClosed } from "../log-fault.ts";

/** Something that passes: a lost connection, a moving leader, a broker that restarts. The same request is tried again. */
export class Interrupted extends Error {
  readonly _tag = "Interrupted";
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

const pauseMsMin = 10;
const pauseMsMax = 1_000;

/** How long to wait before trying for the `attempt`-th time again (from 1). */
export const pauseMs = (attempt: number): number => Math.min(pauseMsMin * 2 ** (attempt - 1), pauseMsMax);

/** What to tell of a fault that is being retried. */
export type OnInterrupted = (fault: Interrupted, attempt: number) => void;

/**
 * Runs `work` again for as long as it fails with Interrupted; every other fault is the caller's. It never gives up by
 * itself: a log that cannot be reached is waited for, and no record is skipped. Rejects LogClosed once it `isOver`.
 */
export const untilDone = async <Result>(
  work: (attempt: number) => Promise<Result>,
  isOver: () => boolean,
  onInterrupted: OnInterrupted,
): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (isOver()) throw new LogClosed();
      onInterrupted(error, attempt);
      await new Promise((resolve) => setTimeout(resolve, pauseMs(attempt)));
    }
  }
};
