import { dataDirFlag } from "../context.ts";
import { wholeText } from "../number-text.ts";
import { tableText } from "../table.ts";

export interface ImportSummary {
  readonly backfill: string;
  readonly files: ReadonlyArray<string>;
  /** Rows of the files: read = placed + skipped + quarantined. */
  readonly rows: {
    readonly read: number;
    readonly placed: number;
    readonly skipped: number;
    readonly quarantined: number;
    readonly quarantined_by_reason: Readonly<Record<string, number>>;
  };
  /** Events that the placed rows gave: sent = applied + duplicate + quarantined; superseded are among the applied. */
  readonly events: {
    readonly sent: number;
    readonly applied: number;
    readonly duplicate: number;
    readonly superseded: number;
    readonly conflict: number;
    readonly quarantined: number;
    readonly quarantined_by_reason: Readonly<Record<string, number>>;
  };
  /** Until durable in the log; until folded and stored for SQL. */
  readonly seconds: { readonly to_log: number; readonly to_sql: number };
  readonly events_per_second: { readonly to_log: number; readonly to_sql: number };
}

const byReason = (reasons: Readonly<Record<string, number>>): ReadonlyArray<readonly [string, string]> =>
  Object.entries(reasons)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([reason, count]) => [`    ${reason}`, wholeText(count)]);

/** The summary for people; `dataDir` as the command line names it. */
export const summaryText = (summary: ImportSummary, dataDir: string): string => {
  const { rows, events, seconds, events_per_second } = summary;
  const table = tableText(
    [
      { title: summary.backfill, align: "left" },
      { title: "number", align: "right" },
    ],
    [
      ["rows read", wholeText(rows.read)],
      ["  placed", wholeText(rows.placed)],
      ...(rows.skipped === 0 ? [] : [["  skipped (as the mapping says)", wholeText(rows.skipped)]]),
      ["  quarantined", wholeText(rows.quarantined)],
      ...byReason(rows.quarantined_by_reason),
      ["events sent", wholeText(events.sent)],
      ["  applied", wholeText(events.applied)],
      ...(events.superseded === 0 ? [] : [["    of these superseded", wholeText(events.superseded)]]),
      ["  duplicate", wholeText(events.duplicate)],
      ...(events.conflict === 0 ? [] : [["    of these in conflict", wholeText(events.conflict)]]),
      ["  quarantined", wholeText(events.quarantined)],
      ...byReason(events.quarantined_by_reason),
    ],
  );
  const speed = (count: number): string => `${wholeText(count)} events/s`;
  const hint =
    rows.quarantined + events.quarantined === 0
      ? ""
      : `npx leadwire quarantine list${dataDirFlag(dataDir)} shows what was put aside, and why.\n`;
  return `${table}
in the log after ${seconds.to_log.toFixed(1)} s (${speed(events_per_second.to_log)}), in SQL after ${seconds.to_sql.toFixed(1)} s (${speed(events_per_second.to_sql)})
${hint}`;
};
