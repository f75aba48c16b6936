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

const asOf = "{as_of:DateTime64(3, 'UTC')}";
const isIn = (layout: StoreLayout): string => (layout._tag === "single" ? "IN" : "GLOBAL IN");

/** Facts that have changed since, by their ids' hashes. */
const changedSince = (layout: StoreLayout, database: string, ofKind: string): string =>
  hashes
    .map(
      (hash) =>
        `${hash}(fact_id) ${isIn(layout)} (SELECT ${hash}(fact_id) FROM ${database}.facts_latest WHERE ${ofKind}append_time > ${asOf})`,
    )
    .join("\n    AND ");

/** What has not changed since, as it stands; of the rest what `changed` says. */
const knownThen = (database: string, ofKind: string, changed: string): string => `SELECT ${shown.join(", ")} FROM (
  SELECT ${stored} FROM ${database}.facts_latest FINAL WHERE ${ofKind}append_time <= ${asOf}
  UNION ALL
  SELECT ${stored} FROM ${database}.fact_history
  WHERE ${ofKind}append_time <= ${asOf}
    AND ${changed}
) WHERE present = 1`;

const kindParameter = "kind = {kind:String} AND ";

/** Finds versions over all rows, whoever asks. */
export interface VersionView {
  readonly name: string;
  readonly comment: string;
  readonly select: string;
}

const versionView = (layout: StoreLayout, database: string, name: string, ofKind: string): VersionView => ({
  name,
  comment: "Of each fact that changed after as_of the highest version appended by then, under hashes of its id",
  select: `SELECT ${hashes.map((hash, index) => `${hash}(fact_id) AS hash_${index}`).join(", ")}, max(version) AS version
FROM ${database}.fact_history
WHERE ${ofKind}append_time <= ${asOf}
    AND ${changedSince(layout, database, ofKind)}
GROUP BY hash_0, hash_1`,
});

const versions = "versions_as_of";
const versionsOfKind = "versions_of_kind_as_of";

/**
 * Which version counted is a question about all rows: one whose highest version by then lies outside a reader's rows is
 * not theirs, though an older one may be. So these two views run with the rights of who made them. They show hashes and
 * versions, and no more of anybody's rows.
 */
export const versionViews = (layout: StoreLayout, database: string): ReadonlyArray<VersionView> => [
  versionView(layout, database, versions, ""),
  versionView(layout, database, versionsOfKind, kindParameter),
];

/** Their names, for the grants of readers who see some rows only. */
export const versionViewNames: ReadonlyArray<string> = [versions, versionsOfKind];

/** Only rows of the version that counted; the row policies have the last word on whose they are. */
const ofVersions = (layout: StoreLayout, call: string): string =>
  `(${hashes.map((hash) => `${hash}(fact_id)`).join(", ")}, version) ${isIn(layout)} (SELECT hash_0, hash_1, version FROM ${call})
  LIMIT 1 BY kind, fact_id`;

/**
 * Each fact as the log knew it at `as_of`: of its versions that were appended by then the highest, where it was present.
 * Facts whose newest version is no later are read from the highest versions, which are kept in the order of their ids;
 * only those that changed since are looked for in the history.
 */
export const asOfViews = (layout: StoreLayout, database: string): ReadonlyArray<AsOfView> => [
  {
    name: "facts_as_of",
    comment: "The facts as the log knew them at as_of, by the time of appending: what facts showed then",
    call: "facts_as_of(as_of = '2026-04-01 00:00:00')",
    columns,
    select: knownThen(database, "", ofVersions(layout, `${database}.${versions}(as_of = ${asOf})`)),
  },
  {
    name: "facts_of_kind_as_of",
    comment: "The facts of one kind as the log knew them at as_of: the same as facts_as_of, several times faster",
    call: "facts_of_kind_as_of(kind = 'deal_closed', as_of = '2026-04-01 00:00:00')",
    columns,
    select: knownThen(
      database,
      kindParameter,
      ofVersions(layout, `${database}.${versionsOfKind}(kind = {kind:String}, as_of = ${asOf})`),
    ),
  },
];

/** The same for the engine, which sees all rows and therefore needs not ask for versions first: a third faster. */
export const engineAsOfView = (layout: StoreLayout, database: string): VersionView => ({
  name: "engine_facts_as_of",
  comment: "The facts of one kind as the log knew them at as_of, for whoever sees all rows",
  select: knownThen(
    database,
    kindParameter,
    `${changedSince(layout, database, kindParameter)}
  ORDER BY version DESC LIMIT 1 BY kind, fact_id`,
  ),
});
