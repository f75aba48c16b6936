import { expect, test } from "vitest";
import { SharedRun } from "./shared-run.ts";

const counted = () => {
  const begun: Array<PromiseWithResolvers<void>> = [];
  const shared = new SharedRun(() => {
    const run = Promise.withResolvers<void>();
    begun.push(run);
    return run.promise;
  });
  return { begun, shared };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("who asks during a run shares one that begins after it", async () => {
  const { begun, shared } = counted();
  const first = shared.run();
  const second = shared.run();
  const third = shared.run();
  expect(begun.length).toBe(1);
  begun[0]?.resolve();
  await first;
  await turn();
  expect(begun.length).toBe(2);
  begun[1]?.resolve();
  await Promise.all([second, third]);
  expect(begun.length).toBe(2);
  void shared.run();
  expect(begun.length).toBe(3);
});

test("a run that fails fails for those who shared it, and for nobody after", async () => {
  const { begun, shared } = counted();
  const first = shared.run();
  const second = shared.run();
  begun[0]?.reject(new Error("down"));
  await expect(first).rejects.toThrow("down");
  await turn();
  begun[1]?.resolve();
  await second;
});
