import { expect, test } from "vitest";
import { arcPath, gaugeEnd, markPath } from "./gauge-arc.ts";

/** The points of a path, rounded to whole units. */
const points = (path: string): number[][] =>
  [...path.replace(/A\S+ \S+ 0 [01] 1 /g, "L").matchAll(/[ML](\S+) (\S+?)(?=[ML]|$)/g)].map(([, x, y]) => [
    Math.round(Number(x)),
    Math.round(Number(y)),
  ]);

test("runs from the lower left over the top to the lower right", () => {
  expect(points(arcPath(0, 1, 100))).toEqual([
    [6, 134],
    [194, 134],
  ]);
  expect(points(arcPath(0, 0.5, 100))).toEqual([
    [6, 134],
    [100, 0],
  ]);
  expect(points(markPath(0.5, 80, 100))).toEqual([
    [100, 20],
    [100, 0],
  ]);
});

test("takes the long way round beyond half a circle, and draws nothing of nothing", () => {
  expect(arcPath(0, 1, 86)).toContain("0 1 1");
  expect(arcPath(0, 0.8, 86)).toContain("0 0 1");
  expect(arcPath(0, 0, 86)).toBe("");
  expect(arcPath(0, -1, 86)).toBe("");
  expect(arcPath(0, 7, 86)).toBe(arcPath(0, 1, 86));
});

test("ends at 100 % for a ratio, else beyond target and value", () => {
  expect(gaugeEnd(0.684, 0.8, "ratio")).toBe(1);
  expect(gaugeEnd(1.3, 1, "ratio")).toBeCloseTo(1.365);
  expect(gaugeEnd(50, 100, "leads")).toBe(120);
  expect(gaugeEnd(200, 100, "leads")).toBe(210);
  expect(gaugeEnd(null, 0, "leads")).toBe(1);
});
