import { expect, test } from "vitest";
import { LagMeter } from "./lag-meter.ts";

const at = (offset: number, partition = 0) => ({ topic: "t", partition, offset });
const stored = (nextOffset: number, partition = 0) => ({ topic: "t", partition, nextOffset, appendTimeMs: 0 });

test("counts what lies between the stored positions and the ends, and since when", () => {
  const meter = new LagMeter();
  meter.sample([at(10), at(5, 1)], 1_000);
  expect(meter.lag([stored(10), stored(5, 1)], 1_000)).toEqual({ records: 0, seconds: 0 });
  meter.sample([at(30), at(5, 1)], 2_000);
  expect(meter.lag([stored(10), stored(5, 1)], 2_500)).toEqual({ records: 20, seconds: 0.5 });
  meter.sample([at(90), at(5, 1)], 4_000);
  expect(meter.lag([stored(20), stored(5, 1)], 5_000)).toEqual({ records: 70, seconds: 3 });
  expect(meter.lag([stored(30), stored(5, 1)], 5_000)).toEqual({ records: 60, seconds: 1 });
  expect(meter.lag([stored(90), stored(5, 1)], 6_000)).toEqual({ records: 0, seconds: 0 });
});

test("a partition that was never stored is behind by all of it", () => {
  const meter = new LagMeter();
  meter.sample([at(7)], 0);
  expect(meter.lag([], 1_000)).toEqual({ records: 7, seconds: 1 });
});

test("a partition that was given away counts no more", () => {
  const meter = new LagMeter();
  meter.sample([at(7), at(9, 1)], 0);
  expect(meter.lag([], 0).records).toBe(16);
  meter.sample([at(9, 1)], 1_000);
  expect(meter.lag([stored(9, 1)], 2_000)).toEqual({ records: 0, seconds: 0 });
});
