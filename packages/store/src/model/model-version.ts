import { column, quoteText, type View } from "./table.ts";

/**
 * The version of what people query: the names and types of the views in `leadwire`. A view or column that is added keeps
 * it; one that goes or changes its type raises it, and `history/` holds what each version promised.
 */
export const modelVersion = 1;

const since = "2026-11-22";
const note = "Three layers: events by type, facts, and metrics by window and by day";

export const modelViewName = "model";

/** Says which model a server has. `metricsMade` names the statements that its metrics' views were made by. */
export const modelView = (metricsMade: string): View => ({
  name: modelViewName,
  comment: "Which version of this model the views are",
  columns: [
    column("version", "UInt16", "Raised when a view or column goes or changes its type; what is added keeps it"),
    column("since", "Date", "First day of this version"),
    column("note", "String", "What it brought"),
    column("metrics_made", "String", "Hash of the statements that made the metrics' views"),
  ],
  select: `SELECT ${modelVersion} AS version, toDate('${since}') AS since, ${quoteText(note)} AS note, ${quoteText(metricsMade)} AS metrics_made`,
});
