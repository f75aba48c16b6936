import type { LedgerUpdated } from "@leadwire/events";
import type { LedgerCounts } from "@leadwire/stream";

/** What became of the records that carry a backfill id, over all tasks. */
export const backfillCounts = (id: string, tasks: ReadonlyArray<LedgerUpdated>): LedgerCounts => {
  const reasons: Record<string, number> = {};
  const sum = { applied: 0, duplicate: 0, quarantined: 0, forwarded: 0, superseded: 0, conflict: 0 };
  for (const entry of tasks.flatMap(({ entries }) => entries)) {
    if (entry.backfill !== id) continue;
    for (const name of Object.keys(sum) as Array<keyof typeof sum>) sum[name] += entry[name];
    for (const { reason, count } of entry.reasons) reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  return { ...sum, reasons };
};
