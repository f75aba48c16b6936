import { expect, test } from "vitest";
import { ReadLatch } from "./read-latch.ts";

const turns = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
};
const never = new Promise<void>(() => undefined);

test("a change waits for the questions before it, and those behind it wait for the change", async () => {
  const latch = new ReadLatch();
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const reading = latch.read(async () => {
    await first.promise;
    seen.push("before");
  });
  const changing = latch.alone(never, async () => {
    await turns();
    seen.push("change");
  });
  const behind = latch.read(async () => {
    seen.push("behind");
  });
  await turns();
  expect(seen).toEqual([]);
  first.resolve();
  expect(await changing).toBe(true);
  await Promise.all([reading, behind]);
  expect(seen).toEqual(["before", "change", "behind"]);
});

test("a change that has waited long enough is given up, and nobody waits for it any more", async () => {
  const latch = new ReadLatch();
  const long = Promise.withResolvers<string>();
  const reading = latch.read(() => long.promise);
  const patience = Promise.withResolvers<void>();
  let ran = false;
  const changing = latch.alone(patience.promise, async () => {
    ran = true;
  });
  patience.resolve();
  expect(await changing).toBe(false);
  expect(await latch.read(async () => "answered")).toBe("answered");
  long.resolve("late");
  expect([await reading, ran]).toEqual(["late", false]);
});

test("a change that fails is told, and lets the questions behind it go on", async () => {
  const latch = new ReadLatch();
  const changing = latch.alone(never, () => Promise.reject(new Error("no")));
  const behind = latch.read(async () => "answered");
  await expect(changing).rejects.toThrow("no");
  expect(await behind).toBe("answered");
});
