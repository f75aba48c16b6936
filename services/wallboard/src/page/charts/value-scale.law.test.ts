import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueScale } from "./value-scale.ts";

const wish = { unit: "leads", whole: false, fromZero: false, spans: 4 };
const thousandths = fc.integer({ min: -1e12, max: 1e12 }).map((value) => value / 1_000);
const values = fc.array(thousandths, { minLength: 1, maxLength: 30 });

describe("the scale of an axis", () => {
  test.each([
    { of: [3, 47], unit: "leads", whole: true, ticks: [0, 20, 40, 60] },
    { of: [0, 3], unit: "leads", whole: true, ticks: [0, 1, 2, 3] },
    { of: [0, 2], unit: "leads", whole: true, ticks: [0, 1, 2] },
    { of: [0, 9], unit: "leads", whole: true, ticks: [0, 5, 10] },
    { of: [0.12, 0.31], unit: "ratio", whole: false, ticks: [0, 0.1, 0.2, 0.3, 0.4] },
    { of: [20, 1_450], unit: "s", whole: false, ticks: [0, 600, 1_200, 1_800] },
    { of: [-30, 55], unit: "leads", whole: true, ticks: [-50, -25, 0, 25, 50, 75] },
    { of: [7], unit: "leads", whole: true, ticks: [0, 2, 4, 6, 8] },
    { of: [0, 0], unit: "leads", whole: true, ticks: [0] },
  ])("reads round values of $unit over $of", ({ of, ticks, ...rest }) => {
    expect(valueScale(of, { ...wish, ...rest, spans: 4 }).ticks).toEqual(ticks);
  });

  test("leaves zero out for a line that it would press flat, and never for bars", () => {
    expect(valueScale([990, 1_000], wish).low).toBeGreaterThan(900);
    expect(valueScale([990, 1_000], { ...wish, fromZero: true }).low).toBe(0);
  });

  test("holds every value, with ticks in even steps, as many as there is room for and two at the most more", () => {
    fc.assert(
      fc.property(values, fc.boolean(), fc.integer({ min: 1, max: 6 }), fc.boolean(), (of, whole, spans, fromZero) => {
        const { low, high, step, ticks } = valueScale(of, { ...wish, whole, spans, fromZero });
        const slack = Math.abs(step) * 1e-6;
        expect(low).toBeLessThanOrEqual(Math.min(...of) + slack);
        expect(high).toBeGreaterThanOrEqual(Math.max(...of) - slack);
        expect(high).toBeGreaterThan(low);
        expect(ticks.length).toBeLessThanOrEqual(spans + 3);
        for (const [index, tick] of ticks.slice(1).entries())
          expect(Math.abs(tick - (ticks[index] ?? 0) - step)).toBeLessThan(slack + step * 1e-6);
        if (whole) expect(ticks.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});
