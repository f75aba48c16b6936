import { wholeText } from "@leadwire/kpis";
import { dataDirFlag } from "../context.ts";
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
  /** Events that the placed rows gave, and what became of them. */
  readonly events: { readonly sent: number } & (EventCounts | Record<keyof EventCounts, null>);
  /** Why nobody knows yet what became of the events: they are durable, and count once a processor and a sink run. */
  readonly waits_for?: string;
  /** Until durable in the log; until folded and stored for SQL. */
  readonly seconds: { readonly to_log: number; readonly to_sql: number | null };
  readonly events_per_second: { readonly to_log: number; readonly to_sql: number | null };
}

/** sent = applied + duplicate + quarantined; superseded are among the applied, conflicts among the duplicates. */
export interface EventCounts {
  readonly applied: number;
  readonly duplicate: number;
  readonly superseded: number;
  readonly conflict: number;
  readonly quarantined: number;
  readonly quarantined_by_reason: Readonly<Record<string, number>>;
}

export const unknownCounts: Record<keyof EventCounts, null> = {
  applied: null,
  duplicate: null,
  superseded: null,
  conflict: null,
  quarantined: null,
  quarantined_by_reason: null,
};

const byReason = (reasons: Readonly<Record<string, number>>): ReadonlyArray<readonly [string, string]> =>
  Object.entries(reasons)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([reason, count]) => [`    ${reason}`, wholeText(count)]);

const eventLines = ({ events }: ImportSummary): ReadonlyArray<ReadonlyArray<string>> => {
  const sent = ["events sent", wholeText(events.sent)];
  if (events.applied === null) return [sent];
  return [
    sent,
    ["  applied", wholeText(events.applied)],
    ...(events.superseded === 0 ? [] : [["    of these superseded", wholeText(events.superseded)]]),
    ["  duplicate", wholeText(events.duplicate)],
    ...(events.conflict === 0 ? [] : [["    of these in conflict", wholeText(events.conflict)]]),
    ["  quarantined", wholeText(events.quarantined)],
    ...byReason(events.quarantined_by_reason),
  ];
};

const speedText = (count: number): string => `${wholeText(count)} events/s`;

const timesText = ({ seconds, events_per_second, waits_for }: ImportSummary): string => {
  const toLog = `in the log after ${seconds.to_log.toFixed(1)} s (${speedText(events_per_second.to_log)})`;
  if (seconds.to_sql !== null && events_per_second.to_sql !== null)
    return `${toLog}, in SQL after ${seconds.to_sql.toFixed(1)} s (${speedText(events_per_second.to_sql)})`;
  return `${toLog}\nThe events are durable, and count once they are folded and stored: ${waits_for}`;
};

/** The summary for people; `dataDir` as the command line names it. */
export const summaryText = (summary: ImportSummary, dataDir: string): string => {
  const { rows, events } = summary;
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
      ...eventLines(summary),
    ],
  );
  const hint =
    rows.quarantined + (events.quarantined ?? 0) === 0
      ? ""
      : `npx leadwire quarantine list${dataDirFlag(dataDir)} shows what was put aside, and why.\n`;
  return `${table}
${timesText(summary)}
${hint}`;
};
