import { expect, test } from "vitest";
import { insertIntervalMs } from "./insert-interval.ts";

const of = (owned: number, partsMax = 10): number => insertIntervalMs({ ageMs: 250, owned, total: 72, partsMax });

test("sinks that share the partitions make four inserts a second together, however the shares fall", () => {
  for (const shares of [[72], [36, 36], [24, 24, 24], [1, 71], [10, 20, 42]]) {
    const perSecond = shares.reduce((sum, owned) => sum + 1_000 / of(owned), 0);
    expect(perSecond).toBeCloseTo(4, 9);
  }
});

test("a sink without partitions, or in a group whose size is not known, waits as one alone", () => {
  expect(of(0)).toBe(250);
  expect(insertIntervalMs({ ageMs: 250, owned: 8, total: 0, partsMax: 0 })).toBe(250);
});

test("many active parts make it wait longer, long before there are 300", () => {
  expect(of(72, 200)).toBe(250);
  expect(of(72, 225)).toBe(500);
  expect(of(72, 300)).toBe(1_250);
});
