/** How a lead stands to its SLA. */
export type WaitingState = "late" | "soon" | "waiting";

/** In the last fifth of its time, or the last minute where that is longer, a lead is due soon. */
export const waitingState = (createdAtMs: number, dueAtMs: number | null, nowMs: number): WaitingState => {
  if (dueAtMs === null) return "waiting";
  const leftMs = dueAtMs - nowMs;
  if (leftMs < 0) return "late";
  return leftMs <= Math.max(60_000, (dueAtMs - createdAtMs) / 5) ? "soon" : "waiting";
};
