import { type BinPartial, binOf } from "@leadwire/kpis";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bandCounts, bandEdgesMs } from "./response-bands.ts";

const binsOf = (durations: ReadonlyArray<number>): ReadonlyArray<BinPartial> => {
  const bins = new Map<number, { count: bigint; sum: bigint }>();
  for (const ms of durations) {
    const held = bins.get(binOf(ms)) ?? { count: 0n, sum: 0n };
    bins.set(binOf(ms), { count: held.count + 1n, sum: held.sum + BigInt(ms) });
  }
  return [...bins].sort(([a], [b]) => a - b).map(([bin, { count, sum }]): BinPartial => [bin, count, sum]);
};

const countedOneByOne = (durations: ReadonlyArray<number>, edges: ReadonlyArray<number>): ReadonlyArray<number> =>
  [...edges, Number.POSITIVE_INFINITY].map(
    (to, index) => durations.filter((ms) => ms <= to && (index === 0 || ms > (edges[index - 1] ?? 0))).length,
  );

/** Many of them beside an edge, where a bin is cut. */
const duration = fc.oneof(
  fc.nat(200_000_000),
  fc.tuple(fc.constantFrom(...bandEdgesMs), fc.integer({ min: -400, max: 400 })).map(([edge, off]) => edge + off),
);

test("bands of bins are those of the durations, wherever bins say anything at all", () => {
  let told = 0;
  fc.assert(
    fc.property(fc.array(duration, { maxLength: 30 }), (durations) => {
      const counts = bandCounts(binsOf(durations));
      if (counts === undefined) return;
      told += 1;
      expect(counts).toEqual(countedOneByOne(durations, bandEdgesMs));
    }),
    { numRuns: 400 },
  );
  expect(told).toBeGreaterThan(100);
});

test("one duration in a cut bin is told by its sum; two on both sides of the edge are not", () => {
  const edge = 300_000;
  expect(bandCounts(binsOf([edge]), [edge])).toEqual([1, 0]);
  expect(bandCounts(binsOf([edge + 1]), [edge])).toEqual([0, 1]);
  expect(binOf(edge)).toBe(binOf(edge + 1));
  expect(bandCounts(binsOf([edge - 200, edge + 200]), [edge])).toBeUndefined();
});

test("nothing answered is nothing in every band", () => {
  expect(bandCounts([])).toEqual(Array.from({ length: bandEdgesMs.length + 1 }, () => 0));
});
