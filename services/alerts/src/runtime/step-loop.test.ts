import { describe, expect, it, vi } from "vitest";
import { StepLoop, type Stepper } from "./step-loop.ts";

const waitTerms = { timeout: 10_000, interval: 1 };

const openLoop = (steppers: ReadonlyArray<Stepper>, isLive = true) => {
  const failures: Array<unknown> = [];
  const loop = new StepLoop({
    steppers: () => steppers,
    isLive: () => isLive,
    nowMs: () => Math.floor(performance.now()),
    onPass: () => undefined,
    onFailure: (cause) => failures.push(cause),
  });
  return { loop, failures };
};

const stepper = (turn: (isLive: boolean) => Promise<void> | undefined, dueMs = Number.POSITIVE_INFINITY): Stepper => ({
  turn: vi.fn(turn),
  nextDueMs: dueMs,
});

describe("the loop of steps", () => {
  it("makes one pass of many wakes in one go", async () => {
    const one = stepper(() => undefined);
    const { loop } = openLoop([one]);
    for (let n = 0; n < 100; n += 1) loop.wake();
    await vi.waitFor(() => expect(one.turn).toHaveBeenCalled(), waitTerms);
    expect(one.turn).toHaveBeenCalledTimes(1);
    await loop.stop();
  });

  it("gives another turn after what a turn waited for, and holds up nobody meanwhile", async () => {
    const append = Promise.withResolvers<void>();
    let appends = 0;
    const writing = stepper(() => {
      appends += 1;
      return appends === 1 ? append.promise : undefined;
    });
    const other = stepper(() => undefined);
    const { loop } = openLoop([writing, other]);
    loop.wake();
    await vi.waitFor(() => expect(other.turn).toHaveBeenCalledTimes(1), waitTerms);
    append.resolve();
    await vi.waitFor(() => expect(writing.turn).toHaveBeenCalledTimes(2), waitTerms);
    await loop.stop();
  });

  it("wakes by itself when something is due, and says whether the numbers are complete", async () => {
    const due = stepper(() => undefined, performance.now() + 20);
    const { loop } = openLoop([due]);
    loop.wake();
    await vi.waitFor(() => expect(vi.mocked(due.turn).mock.calls.length).toBeGreaterThan(1), waitTerms);
    expect(due.turn).toHaveBeenLastCalledWith(true);
    await loop.stop();
  });

  it("goes on after a turn that failed, and tells of it; stopped it does nothing", async () => {
    const failing = stepper(() => Promise.reject(new Error("the log is gone")));
    const { loop, failures } = openLoop([failing], false);
    loop.wake();
    await vi.waitFor(() => expect(failures).toHaveLength(1), waitTerms);
    loop.wake();
    await vi.waitFor(() => expect(failures).toHaveLength(2), waitTerms);
    await loop.stop();
    loop.wake();
    expect(failing.turn).toHaveBeenCalledTimes(2);
  });
});
