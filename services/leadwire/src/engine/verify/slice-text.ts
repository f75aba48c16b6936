import type { SliceRecord } from "@leadwire/kpis";
import { hoursKeptMs, minutesKeptMs } from "@leadwire/stream";

/** Slices this close to leaving are compared nowhere: who let go of them first is chance. */
const leavingMs = 13 * 3_600_000;

/** What tells a task's slices apart. */
export type SliceName = Omit<SliceRecord, "version" | "count" | "sum" | "origin" | "partition">;

export const sliceKey = (slice: SliceName): string =>
  [
    slice.measure,
    slice.dimension,
    slice.value,
    slice.granularity,
    new Date(slice.startMs).toISOString(),
    slice.bin ?? "-",
  ].join(" | ");

/** What each slice says, less those that are about to leave. */
export const slicesByKey = (slices: Iterable<SliceRecord>, nowMs: number): Map<string, string> => {
  const byKey = new Map<string, string>();
  for (const slice of slices) {
    if (slice.granularity === "minute" && slice.startMs < nowMs - minutesKeptMs + leavingMs) continue;
    if (slice.granularity === "hour" && slice.startMs < nowMs - hoursKeptMs + leavingMs) continue;
    byKey.set(sliceKey(slice), `count ${slice.count}, sum ${slice.sum}`);
  }
  return byKey;
};
