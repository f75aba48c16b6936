import type { SliceRecord } from "@leadwire/kpis";
import type { Driver } from "@leadwire/stream/testing";

const hourMs = 3_600_000;

/** Slices that every reader still keeps: what is older depends on when it was let go, and nobody reads it. */
export const keptSlices = (driver: Driver): ReadonlyArray<Omit<SliceRecord, "version">> => {
  const newestMs = Math.max(...[...driver.tasks.values()].map(({ slicer }) => slicer.newestAppendMs));
  return driver
    .slices()
    .filter(({ granularity, startMs }) => {
      if (granularity === "day") return true;
      return startMs >= newestMs - (granularity === "minute" ? 49 : 400 * 24) * hourMs;
    })
    .map(({ version: _version, ...slice }) => slice);
};
