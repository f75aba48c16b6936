import { expect, test } from "vitest";
import { GroupQueues } from "./group-queues.ts";

const job = (key: string, groupKey: string, notBeforeMs = 0) => ({ key, groupKey, notBeforeMs });
const free: ReadonlySet<string> = new Set();

test("groups take turns, and within one the first stays the first until it is removed", () => {
  const queues = new GroupQueues();
  const first = job("a1", "a");
  for (const each of [first, job("a2", "a"), job("b1", "b")]) queues.add(each);
  const next = () => queues.next(0, free)?.key;
  expect([next(), next(), next(), next()]).toEqual(["a1", "b1", "a1", "b1"]);
  queues.remove(first);
  expect([next(), next()]).toEqual(["a2", "b1"]);
  expect(queues.size).toBe(2);
});

test("a busy group and one that is to wait are passed over", () => {
  const queues = new GroupQueues();
  for (const each of [job("a", "a"), job("b", "b", 50), job("c", "c", 70)]) queues.add(each);
  expect(queues.next(49, new Set(["a"]))).toBeUndefined();
  expect(queues.nextDueMs(new Set(["a"]))).toBe(50);
  expect(queues.next(60, new Set(["a"]))?.key).toBe("b");
  expect(queues.nextDueMs(new Set(["a", "b", "c"]))).toBe(Number.POSITIVE_INFINITY);
});
