import { expect, test } from "vitest";
import { BatchPool } from "./batch-pool.ts";

const large = 500_000;

test("a batch's memory serves again once it was given back, and not before", () => {
  const pool = new BatchPool();
  const first = pool.take(large);
  const second = pool.take(large);
  expect(second.buffer).not.toBe(first.buffer);
  pool.giveBack(first);
  const third = pool.take(large + 1);
  expect(third.buffer).toBe(first.buffer);
  expect(third).toHaveLength(large + 1);
});

test("small batches, huge ones and what is beyond the kept bytes are left to the collector", () => {
  const pool = new BatchPool(3_000_000);
  for (const bytes of [10, 20_000_000]) {
    const batch = pool.take(bytes);
    expect(batch).toHaveLength(bytes);
    pool.giveBack(batch);
    expect(pool.take(bytes).buffer).not.toBe(batch.buffer);
  }
  const batches = Array.from({ length: 5 }, () => pool.take(large));
  for (const batch of batches) pool.giveBack(batch);
  const again = new Set(Array.from({ length: 5 }, () => pool.take(large).buffer));
  expect(batches.filter(({ buffer }) => again.has(buffer))).toHaveLength(2);
});
