import fc from "fast-check";
import { expect, test } from "vitest";
import { binOf, binUpperMs } from "./bin.ts";

test("0 and negative durations have a bin of their own", () => {
  expect([binOf(0), binOf(-5), binOf(1)]).toEqual([0, 0, 1]);
});

test("keeps the indexes it gave when facts were stored", () => {
  expect([2, 10, 1_000, 60_000, 300_000, 86_400_000, 31_536_000_000].map(binOf)).toEqual([
    79, 258, 772, 1229, 1409, 2041, 2700,
  ]);
});

test("a bin is at most 0.9 % wide and the next duration above its edge is in a later one", () => {
  for (let bin = 1; binUpperMs(bin) < 2 ** 53; bin++) {
    const upper = binUpperMs(bin);
    expect(binOf(upper)).toBeLessThanOrEqual(bin);
    expect(binOf(upper + 1)).toBeGreaterThan(bin);
    const lowest = binUpperMs(bin - 1) + 1;
    if (lowest <= upper) expect(upper / lowest).toBeLessThanOrEqual(1.009);
  }
});

test("a longer duration is never in a lower bin", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
      expect(Math.sign(binOf(a) - binOf(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
    }),
  );
});
