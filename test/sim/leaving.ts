import type { SliceRecord } from "@leadwire/kpis";

const hourMs = 3_600_000;
/** Minutes are kept for 49 h and hours for 400 days; when exactly they go is nobody's promise. */
const surelyKeptMs = { minute: 48 * hourMs, hour: 399 * 24 * hourMs, day: Number.POSITIVE_INFINITY };

/** Whether a slice has gone or may be gone by now: nobody need be told of it, and nobody reads it. */
export const isLeaving = ({ granularity, startMs }: SliceRecord, newestMs: number): boolean =>
  startMs < newestMs - surelyKeptMs[granularity];
