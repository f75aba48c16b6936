import fc from "fast-check";
import { expect, test } from "vitest";
import { type GroupValues, seriesOf } from "./series-groups.ts";

const group = fc.constantFrom(..."abcdefghijkl");
const point: fc.Arbitrary<GroupValues | undefined> = fc.option(
  fc
    .array(fc.tuple(group, fc.integer({ min: -1_000, max: 1_000 })), { maxLength: 12 })
    .map((entries) => new Map(entries)),
  { nil: undefined },
);
const points = fc.array(point, { minLength: 1, maxLength: 20 });
const sum = (values: Iterable<number | null>): number =>
  [...values].reduce<number>((all, value) => all + (value ?? 0), 0);

test("of what adds up, the lines together are the whole at every point, and never more than seven", () => {
  fc.assert(
    fc.property(points, (found) => {
      const series = seriesOf(found, true);
      expect(series.length).toBeLessThanOrEqual(7);
      for (const [index, values] of found.entries()) {
        const shown = series.map((one) => one.values[index] ?? null);
        if (values === undefined) expect(shown.every((value) => value === null)).toBe(true);
        else expect(sum(shown)).toBe(sum(values.values()));
      }
    }),
  );
});

test("of what does not add up, the largest groups stand alone, with gaps where they have nothing", () => {
  fc.assert(
    fc.property(points, (found) => {
      const series = seriesOf(found, false);
      expect(series.length).toBeLessThanOrEqual(7);
      const sizes = series.map(({ values }) => sum(values.map((value) => Math.abs(value ?? 0))));
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      for (const { name, values } of series)
        for (const [index, value] of values.entries()) expect(value).toBe(found[index]?.get(name) ?? null);
    }),
  );
});
