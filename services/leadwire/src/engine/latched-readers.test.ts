import type { ReaderDoor } from "@leadwire/store";
import { right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { latchedReaders } from "./latched-readers.ts";
import { ReadLatch } from "./read-latch.ts";

const door = (onLeave: () => void): ReaderDoor => ({
  admit: () => async () => right(undefined),
  cover: () => async () => right(undefined),
  loginOf: () => undefined,
  ready: async () => undefined,
  enter: async () => onLeave,
});
const never = new Promise<void>(() => undefined);

test("a request that has begun holds a change up until its answer ends, and one behind the change waits for it", async () => {
  const seen: string[] = [];
  const latch = new ReadLatch();
  const readers = latchedReaders(
    door(() => seen.push("left")),
    latch,
  );
  const leave = await readers.enter();
  const changing = latch.alone(never, async () => {
    seen.push("changed");
  });
  const behind = readers.enter().then(() => seen.push("behind"));
  await Promise.resolve();
  expect(seen).toEqual([]);
  leave();
  await Promise.all([changing, behind]);
  expect(seen).toEqual(["left", "changed", "behind"]);
});

test("a request that ClickHouse cannot take is told, and holds nothing up", async () => {
  const latch = new ReadLatch();
  const refusing = { ...door(() => undefined), enter: () => Promise.reject(new Error("away")) };
  await expect(latchedReaders(refusing, latch).enter()).rejects.toThrow("away");
  expect(await latch.alone(never, async () => undefined)).toBe(true);
});
