import { causeColumns, factColumns } from "./fact-tables.ts";
import type { StoreLayout } from "./layout.ts";
import { type Column, column } from "./table.ts";

/** A view that is asked like a function: `SELECT … FROM leadwire.facts_as_of(as_of = '2026-04-01 00:00:00')`. */
export interface AsOfView {
  readonly name: string;
  readonly comment: string;
  /** How it is written after FROM. */
  readonly call: string;
  readonly columns: ReadonlyArray<Column>;
  readonly select: string;
}

const columns: ReadonlyArray<Column> = [
  ...factColumns,
  column("duration_s", "Nullable(Float64)", "Duration in seconds, where the kind has one"),
  ...causeColumns.filter(({ name }) => name !== "present"),
];

const stored = [...factColumns, ...causeColumns].map(({ name }) => `\`${name}\``).join(", ");
const shown = columns.map(({ name }) => (name === "duration_s" ? "duration_ms / 1000 AS duration_s" : `\`${name}\``));

/** Two hashes of 64 bits tell ids apart as well as one of 128, in a third of the time. */
const hashes = ["cityHash64", "xxHash64"] as const;

/**
 * Each fact as the log knew it at `as_of`: of its versions that were appended by then the highest, where it was present.
 * Facts whose newest version is no later are read from the highest versions, which are kept in the order of their ids;
 * only those that changed since are looked for in the history.
 */
const selectAsOf = (layout: StoreLayout, database: string, ofKind: string): string => {
  const asOf = "{as_of:DateTime64(3, 'UTC')}";
  const isIn = layout._tag === "single" ? "IN" : "GLOBAL IN";
  const changedSince = hashes.map(
    (hash) =>
      `${hash}(fact_id) ${isIn} (SELECT ${hash}(fact_id) FROM ${database}.facts_latest WHERE ${ofKind}append_time > ${asOf})`,
  );
  return `SELECT ${shown.join(", ")} FROM (
  SELECT ${stored} FROM ${database}.facts_latest FINAL WHERE ${ofKind}append_time <= ${asOf}
  UNION ALL
  SELECT ${stored} FROM ${database}.fact_history
  WHERE ${ofKind}append_time <= ${asOf}
    AND ${changedSince.join("\n    AND ")}
  ORDER BY version DESC LIMIT 1 BY kind, fact_id
) WHERE present = 1`;
};

/** Facts as of an earlier time, over one generation: for everybody, and by kind for the engine, which knows it. */
export const asOfViews = (layout: StoreLayout, database: string): ReadonlyArray<AsOfView> => [
  {
    name: "facts_as_of",
    comment: "The facts as the log knew them at as_of, by the time of appending: what facts showed then",
    call: "facts_as_of(as_of = '2026-04-01 00:00:00')",
    columns,
    select: selectAsOf(layout, database, ""),
  },
  {
    name: "facts_of_kind_as_of",
    comment: "The facts of one kind as the log knew them at as_of: the same as facts_as_of, several times faster",
    call: "facts_of_kind_as_of(kind = 'deal_closed', as_of = '2026-04-01 00:00:00')",
    columns,
    select: selectAsOf(layout, database, "kind = {kind:String} AND "),
  },
];
