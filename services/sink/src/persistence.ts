import { retryUnavailable, type StoreFault } from "@leadwire/store";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Pace } from "./pace.ts";
import type { SinkOptions } from "./sink-options.ts";
import type { StoreMeter } from "./store-meter.ts";

/** Does what failed again, until it is done or somebody has had enough. */
export type Persistence = <A>(task: TaskEither<StoreFault, A>) => TaskEither<StoreFault, A>;

/** Waits longer and longer while ClickHouse is away or can't, until the signal aborts; meters and tells each failure. */
export const persistUntil = (
  signal: AbortSignal,
  { nowMs, onWait }: Pick<SinkOptions, "nowMs" | "onWait">,
  pace: Pace,
  meter: StoreMeter,
): Persistence =>
  retryUnavailable({
    firstWaitMs: 50,
    waitMsMax: 2_000,
    signal,
    sleep: pace.sleep,
    onWait: (fault, waitMs) => {
      meter.waits(fault, nowMs());
      onWait?.(fault, waitMs);
    },
  });
