import { localText, numberText, wholeText } from "@leadwire/kpis";
import type { RestatedValue, Restatement, RestatementsDocument } from "../reports/restatements/restatements.ts";
import { basisText } from "./kpi-number-text.ts";
import { type Column, leftColumn, rightColumn, tableText } from "./table.ts";

const columns: ReadonlyArray<Column> = [
  leftColumn("appended"),
  leftColumn("period"),
  leftColumn("metric"),
  rightColumn("before"),
  rightColumn("after"),
  leftColumn("because of"),
];

/** The value in its unit; where only its parts changed, those. */
const sideText = (one: Restatement, side: RestatedValue, other: RestatedValue): string => {
  const text = numberText(side.value, one);
  const basis = side.value === other.value ? basisText({ ...one, ...side }) : "";
  return basis === "" ? text : `${text} (${basis})`;
};

const eventsNamedMax = 2;

const causeText = ({ backfill, event_count: count, events }: Restatement): string => {
  if (backfill !== undefined) return `backfill ${backfill} (${wholeText(count)} event${count === 1 ? "" : "s"})`;
  const named = events.slice(0, eventsNamedMax).map(({ type, source, id }) => `${type} ${source}/${id}`);
  const more = count > named.length ? ` and ${wholeText(count - named.length)} more` : "";
  return `${named.join(", ")}${more}`;
};

/** What changed of closed periods, for people. */
export const restatementsText = (document: RestatementsDocument, timeZone: string): string => {
  const { since, period, restatements, cut } = document;
  const from = localText(since, timeZone);
  if (restatements.length === 0) return `No number of a closed ${period} has changed since ${from} (${timeZone}).\n`;
  const rows = restatements.map((one) => [
    localText(one.at, timeZone),
    one.period,
    one.metric,
    sideText(one, one.before, one.after),
    sideText(one, one.after, one.before),
    causeText(one),
  ]);
  const more = cut ? "There may be more: raise --limit, or narrow --metric, --window or --since.\n" : "";
  return `${tableText(columns, rows)}since           ${from} (${timeZone})\n${more}`;
};
