import { expect, test } from "vitest";
import { SliceSums } from "./slice-sums.ts";

test("bins come out in order, added up, without those that are empty again", () => {
  const sums = new SliceSums();
  for (const [bin, count, sum] of [
    [900, 2, 20],
    [3, 1, 5],
    [900, 1, 7],
    [40, 1, 9],
    [40, -1, -9],
    [20_000, 1, 11],
    [-1, 1, 2],
  ] as const) {
    sums.addBin(bin, count, sum);
  }
  expect(sums.bins()).toEqual([
    [-1, 1n, 2n],
    [3, 1n, 5n],
    [900, 3n, 27n],
    [20_000, 1n, 11n],
  ]);
  expect([sums.count, sums.sum]).toEqual([6, 45]);
});

test("what was cleared is empty, and a sum beyond what doubles hold exactly throws", () => {
  const sums = new SliceSums();
  sums.addBin(7, 1, 1);
  sums.addBin(30_000, 1, 1);
  sums.clear();
  sums.addBin(8, 1, 4);
  expect(sums.bins()).toEqual([[8, 1n, 4n]]);
  sums.add(1, Number.MAX_SAFE_INTEGER - 4);
  expect(() => sums.add(1, 1)).toThrow("more than is held exactly");
});
