import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";

/** How a sink lets time pass. */
export interface Pace {
  /** Gives whoever shares this thread a turn. */
  readonly breathe: () => Promise<unknown>;
  /** Resolves after so long, or as soon as the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

/** The event loop's own turns and timers. */
export const eventLoopPace: Pace = {
  breathe: () => nextTurn(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
