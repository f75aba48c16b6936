import { setTimeout as timer } from "node:timers/promises";
import { type Either, isRight } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { StoreFault } from "./store-fault.ts";

/** How often, and with which pauses, something that may pass is tried again. */
export interface RetryPolicy {
  readonly firstWaitMs: number;
  readonly waitMsMax: number;
  /** Undefined tries until the signal aborts. */
  readonly attemptsMax?: number;
  readonly signal?: AbortSignal;
  /** Waits, until the signal aborts at most; a timer of the event loop's unless given. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
  /** Told of each failure before the wait. */
  readonly onWait?: (fault: StoreFault, waitMs: number) => void;
}

const untilTimer = (ms: number, signal?: AbortSignal): Promise<unknown> =>
  timer(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);

const isPassing = (fault: StoreFault): boolean => fault._tag === "Unavailable" || fault._tag === "Overloaded";

/**
 * Does it again while ClickHouse is away or overloaded, waiting twice as long each time; a statement it refuses is
 * returned at once. Only for what may be done twice.
 */
export const retryUnavailable =
  (policy: RetryPolicy) =>
  <A>(task: TaskEither<StoreFault, A>): TaskEither<StoreFault, A> =>
  async (): Promise<Either<StoreFault, A>> => {
    const { sleep = untilTimer } = policy;
    let waitMs = policy.firstWaitMs;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await task();
      if (isRight(outcome) || !isPassing(outcome.left) || policy.signal?.aborted === true) return outcome;
      if (policy.attemptsMax !== undefined && attempt >= policy.attemptsMax) return outcome;
      policy.onWait?.(outcome.left, waitMs);
      await sleep(waitMs, policy.signal);
      waitMs = Math.min(waitMs * 2, policy.waitMsMax);
    }
  };
