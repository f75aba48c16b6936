import { setTimeout as sleep } from "node:timers/promises";
import type { ReaderDoor } from "@leadwire/store";
import type { ReadLatch } from "./read-latch.ts";

/**
 * ClickHouse finds out which tables a statement's views lead to before it reads the first row. What runs for longer than
 * this has done so: it stays with the generation that it began with, and nothing has to wait for it.
 */
const analysedWithinMs = 2_000;

/**
 * Readers whose requests begin before the views move, or after it: none meets some of them here and some there. None
 * begins before `viewsMade` resolves.
 */
export const latchedReaders = (
  readers: ReaderDoor,
  latch: ReadLatch,
  viewsMade: () => Promise<void> = async () => undefined,
): ReaderDoor => ({
  ...readers,
  enter: async () => {
    await viewsMade();
    const entered = Promise.withResolvers<() => void>();
    const over = Promise.withResolvers<void>();
    const reading = latch.read(async () => {
      try {
        entered.resolve(await readers.enter());
      } catch (cause) {
        entered.reject(cause);
        return;
      }
      const waiting = new AbortController();
      await Promise.race([
        over.promise,
        sleep(analysedWithinMs, undefined, { signal: waiting.signal, ref: false }).catch(() => undefined),
      ]);
      waiting.abort();
    });
    reading.catch(() => undefined);
    const leave = await entered.promise;
    return () => {
      over.resolve();
      leave();
    };
  },
});
