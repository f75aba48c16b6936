/** How a lead stands to its SLA. */
export type WaitingState = "late" | "soon" | "waiting";

/** In the last fifth of its time, or the last minute where that is longer, a lead is due soon. */
export const waitingState = (createdAtMs: number, dueAtMs: number | null, nowMs: number): WaitingState => {
  if (dueAtMs === null) return "waiting";
  const leftMs = dueAtMs - nowMs;
  if (leftMs < 0) return "late";
  return leftMs <= Math.max(60_000, (dueAtMs - createdAtMs) / 5) ? "soon" : "waiting";
};

interface Due {
  readonly dueAtMs: number | null;
}

export const inTimeOf = <Lead extends Due>(leads: ReadonlyArray<Lead>, nowMs: number): ReadonlyArray<Lead> =>
  leads.filter(({ dueAtMs }) => dueAtMs === null || dueAtMs >= nowMs);

/** Of leads, the youngest first: the next to be late first, then those late for the shortest time. */
export const byUrgency = <Lead extends Due>(leads: ReadonlyArray<Lead>, nowMs: number): ReadonlyArray<Lead> => {
  const inTime = inTimeOf(leads, nowMs);
  return [...inTime.toReversed(), ...leads.filter((lead) => !inTime.includes(lead))];
};
