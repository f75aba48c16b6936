import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadLabels } from "./spread-labels.ts";

test("leaves labels where they belong while they have room, and pushes them apart where they have not", () => {
  expect(spreadLabels([20, 60], 10, 0, 100)).toEqual([20, 60]);
  expect(spreadLabels([50, 52], 10, 0, 100)).toEqual([50, 60]);
  expect(spreadLabels([98, 2], 10, 0, 100)).toEqual([95, 5]);
});

test("leaves out the last ones where there is no room for all", () => {
  expect(spreadLabels([5, 5, 5], 10, 0, 20)).toEqual([5, 15, null]);
});

test("never lays one label over another or outside of the box", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 250 }), { maxLength: 12 }), (wanted) => {
      const placed = spreadLabels(wanted, 14, 0, 200).filter((middle) => middle !== null);
      expect(placed.length).toBe(Math.min(wanted.length, 14));
      const sorted = [...placed].sort((a, b) => a - b);
      for (const [index, middle] of sorted.entries()) {
        expect(middle).toBeGreaterThanOrEqual(7 - 1e-9);
        expect(middle).toBeLessThanOrEqual(193 + 1e-9);
        if (index > 0) expect(middle - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
      }
    }),
  );
});
