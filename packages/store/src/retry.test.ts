import { left, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { retryUnavailable } from "./retry.ts";
import { refusal, type StoreFault, unavailable } from "./store-fault.ts";

const failing = (times: number, fault: StoreFault) => {
  let calls = 0;
  return {
    calls: () => calls,
    task: async () => {
      calls += 1;
      return calls <= times ? left(fault) : right("done");
    },
  };
};

test("tries again while ClickHouse is away, waiting longer each time", async () => {
  const waits: number[] = [];
  const { task } = failing(4, unavailable(new Error("away")));
  const outcome = await retryUnavailable({ firstWaitMs: 1, waitMsMax: 4, onWait: (_, ms) => waits.push(ms) })(task)();
  expect(outcome).toEqual(right("done"));
  expect(waits).toEqual([1, 2, 4, 4]);
});

test("returns a refusal at once", async () => {
  const { task, calls } = failing(1, refusal(62, "SYNTAX_ERROR", "no"));
  expect((await retryUnavailable({ firstWaitMs: 1, waitMsMax: 4 })(task)())._tag).toBe("Left");
  expect(calls()).toBe(1);
});

test("gives up when it is told to stop", async () => {
  const stop = new AbortController();
  const { task } = failing(1_000, unavailable("away"));
  const outcome = retryUnavailable({ firstWaitMs: 60_000, waitMsMax: 60_000, signal: stop.signal })(task)();
  setImmediate(() => stop.abort());
  expect((await outcome)._tag).toBe("Left");
});
