import { alertViews } from "./alert-views.ts";
import { logDatabase } from "./database.ts";
import { eventHeadColumns, eventPayloadColumns } from "./event-tables.ts";
import { eventTypeViews } from "./event-views.ts";
import { factLayerViews } from "./fact-layer-views.ts";
import { causeColumns, factColumns } from "./fact-tables.ts";
import { ledgerCountColumns, ledgerKeyColumns } from "./ledger-table.ts";
import { noBin, slicesTable } from "./slice-table.ts";
import { type Column, column, type View } from "./table.ts";

/** What the views of one generation depend on. */
export interface ViewSource {
  /** Database of the generation (generationDatabase). */
  readonly database: string;
  /** The workspace's zone: where its days begin. */
  readonly timeZone: string;
}

const time = "DateTime64(3, 'UTC')";
const low = "LowCardinality(String)";
const none = "'(none)'";
const names = (columns: ReadonlyArray<Column>): string => columns.map(({ name }) => `\`${name}\``).join(", ");
const list = (lines: ReadonlyArray<readonly [Column, string]>): string =>
  lines.map(([{ name, type }, expression]) => `  CAST(${expression}, ${castType(type)}) AS ${name}`).join(",\n");
const castType = (type: string): string => `'${type.replaceAll("'", "\\'")}'`;

const eventViewColumns = [...eventHeadColumns, ...eventPayloadColumns];

const eventsView: View = {
  name: "events",
  comment: "The events that count: of each the highest revision, without the voided and the quarantined ones",
  columns: eventViewColumns,
  select: `SELECT ${names(eventViewColumns)}
FROM ${logDatabase}.events_latest FINAL
WHERE NOT voided AND (topic, partition, offset) GLOBAL NOT IN (
  SELECT origin, assumeNotNull(partition), position FROM ${logDatabase}.quarantine WHERE isNotNull(partition)
)`,
};

const eventsAllView: View = {
  name: "events_all",
  comment: "Every event record of the log, also replaced, voided, repeated and quarantined ones",
  columns: eventViewColumns,
  select: `SELECT ${names(eventViewColumns)} FROM ${logDatabase}.events FINAL`,
};

const seconds = column("duration_s", "Nullable(Float64)", "Duration in seconds, where the kind has one");
const factViewCauses = causeColumns.filter(({ name }) => name !== "present");

const factsView = ({ database }: ViewSource): View => ({
  name: "facts",
  comment:
    "What the events establish: one row for each fact that holds today; those of the future count once it is there",
  columns: [...factColumns, seconds, ...factViewCauses],
  select: `SELECT ${names(factColumns)}, duration_ms / 1000 AS duration_s, ${names(factViewCauses)}
FROM ${database}.facts_latest FINAL WHERE present = 1`,
});

const factHistoryView = ({ database }: ViewSource): View => ({
  name: "fact_history",
  comment: "Every change of every fact: what was known when. As of T: the highest version appended by T, where present",
  columns: [...factColumns, seconds, ...causeColumns],
  select: `SELECT ${names(factColumns)}, duration_ms / 1000 AS duration_s, ${names(causeColumns)}
FROM ${database}.fact_history FINAL`,
});

const ofKind = (value: string, kind: string): string => `anyOrNullIf(${value}, kind = '${kind}')`;
const leadDimensions = ["owner", "team", "region", "channel", "campaign", "segment", "product", "pipeline"] as const;

/** Facts of a lead before its close know no account. */
const closesAccount = "if(max(account_id) = '', lead_id, max(account_id))";

const leadColumns: ReadonlyArray<readonly [Column, string]> = [
  [column("lead_id", "String", "Lead"), "lead_id"],
  [column("account_id", "String", "Account, as a close states it; the lead where none does"), closesAccount],
  [column("created_at", `Nullable(${time})`, "Creation (UTC); null for an orphan"), ofKind("at", "lead_created")],
  ...leadDimensions.map((name): readonly [Column, string] => [
    column(name, low, `${name[0]?.toUpperCase()}${name.slice(1)} at creation; (none) where unknown`),
    `ifNull(${ofKind(`toString(${name})`, "lead_created")}, ${none})`,
  ]),
  [column("responded_at", `Nullable(${time})`, "First human outbound touch (UTC)"), ofKind("at", "lead_responded")],
  [
    column("response_s", "Nullable(Float64)", "Creation to first touch in seconds; null where touched before creation"),
    `anyOrNullIf(duration_ms, kind = 'lead_responded' AND outcome = 'first_touch') / 1000`,
  ],
  [
    column("sla", "LowCardinality(Nullable(String))", "met or missed; null while the deadline is ahead"),
    `anyOrNullIf(toString(outcome), kind = 'lead_sla' AND at <= now64(3))`,
  ],
  [
    column("qualified_at", `Nullable(${time})`, "First entry into the qualified stage or past it (UTC)"),
    ofKind("at", "lead_qualified"),
  ],
  [
    column("opportunity_at", `Nullable(${time})`, "First entry into the opportunity stage or past it (UTC)"),
    ofKind("at", "lead_opportunity"),
  ],
  [column("won_at", `Nullable(${time})`, "First win that stands (UTC)"), ofKind("at", "lead_won")],
];

const leadKinds = "'lead_created', 'lead_responded', 'lead_sla', 'lead_qualified', 'lead_opportunity', 'lead_won'";

const leadsView = ({ database }: ViewSource): View => ({
  name: "leads",
  comment: "One row for each lead: where it came from and how far it got",
  columns: leadColumns.map(([each]) => each),
  select: `SELECT\n${list(leadColumns)}
FROM ${database}.facts_latest FINAL
WHERE present = 1 AND kind IN (${leadKinds}, 'deal_closed') GROUP BY lead_id HAVING countIf(kind != 'deal_closed') > 0`,
});

const closed = "kind = 'deal_closed'";
const entered = "kind = 'deal_pipeline' AND count > 0";
/** As the close says, else as the deal stood last in the pipeline. */
const latest = (name: string): string =>
  `coalesce(anyOrNullIf(toString(${name}), ${closed}), argMaxOrNullIf(toString(${name}), (at, version, fact_id), ${entered}), ${none})`;
const isOpen = "sumIf(count, kind = 'deal_pipeline') > 0";

const dealColumns: ReadonlyArray<readonly [Column, string]> = [
  [column("deal_id", "String", "Deal; the lead where a deal has no id of its own"), "deal_id"],
  [column("lead_id", "String", "Lead"), "lead_id"],
  [column("account_id", "String", "Account, as the close states it; the lead where it states none"), closesAccount],
  [
    column("status", low, "open, won, lost, no_decision, or disqualified (closed without having been an opportunity)"),
    `coalesce(anyOrNullIf(toString(outcome), ${closed}), if(${isOpen}, 'open', 'closed'))`,
  ],
  [column("opened_at", `Nullable(${time})`, "First entry into the open pipeline (UTC)"), `minOrNullIf(at, ${entered})`],
  [column("closed_at", `Nullable(${time})`, "Latest close, unless reopened since (UTC)"), `anyOrNullIf(at, ${closed})`],
  [
    column(
      "amount_minor",
      "Int64",
      "Amount of the close, or of the open deal, in minor units of the workspace's currency",
    ),
    `ifNull(anyOrNullIf(amount_minor, ${closed}), sumIf(amount_minor, kind = 'deal_pipeline'))`,
  ],
  [
    column("cycle_s", "Nullable(Float64)", "Lead created to close, in seconds, of a win"),
    `anyOrNullIf(duration_ms, ${closed}) / 1000`,
  ],
  ...[...leadDimensions, "stage"].map((name): readonly [Column, string] => [
    column(
      name,
      low,
      `${name[0]?.toUpperCase()}${name.slice(1)} at the close, or of the open deal; (none) where unknown`,
    ),
    latest(name),
  ]),
];

const dealsView = ({ database }: ViewSource): View => ({
  name: "deals",
  comment: "One row for each deal that was ever in the open pipeline or closed",
  columns: dealColumns.map(([each]) => each),
  select: `SELECT\n${list(dealColumns)}
FROM ${database}.facts_latest FINAL
WHERE present = 1 AND kind IN ('deal_pipeline', 'deal_closed') GROUP BY lead_id, deal_id`,
});

const sliceColumns: ReadonlyArray<Column> = [
  column("measure", low, "Measure of the catalogue"),
  column("dimension", low, "company, or the dimension the value belongs to"),
  column("value", "String", "The group; empty for the company"),
  column("granularity", low, "minute, hour or day"),
  column("start", time, "Start of the minute, of the local hour or of the local day (UTC)"),
  column("bin", "Nullable(Int32)", "Percentile bin; null for the plain count and sum"),
  column("count", "Int64", "Facts counted"),
  column("sum", "Int64", "Their sum, in minor units or milliseconds"),
];

const slicesView = ({ database }: ViewSource): View => ({
  name: "slices",
  comment:
    "Counts and sums of measures by group and minute, hour or day: add them up over time and over the groups of one dimension. Of a level they are its changes: never add up what it stands at",
  columns: sliceColumns,
  select: `SELECT measure, dimension, value, toString(granularity) AS granularity, start, nullIf(bin, ${noBin}) AS bin,
  sum(count) AS count, sum(sum) AS sum
FROM ${database}.slices FINAL
GROUP BY measure, dimension, value, granularity, start, bin HAVING count != 0 OR sum != 0`,
});

const taskSlicesView = ({ database }: ViewSource): View => ({
  name: "task_slices",
  comment: "The slices of each task, as KPIs read them: bin is -1 where a measure has none",
  columns: slicesTable.columns,
  select: `SELECT ${names(slicesTable.columns)} FROM ${database}.slices FINAL`,
});

const factVersionsView = ({ database }: ViewSource): View => ({
  name: "fact_versions",
  comment: "Every version of every fact, some more than once: for finding the facts of a short time fast",
  columns: [...factColumns, ...causeColumns],
  select: `SELECT ${names([...factColumns, ...causeColumns])} FROM ${database}.fact_history`,
});

const metricColumns: ReadonlyArray<Column> = [
  column("day", "Date", "Day in the workspace's zone"),
  column("measure", low, "Measure of the catalogue"),
  column("dimension", low, "company, or the dimension the value belongs to"),
  column("value", "String", "The group; empty for the company"),
  column("count", "Int64", "Facts counted on that day"),
  column("sum", "Int64", "Their sum, in minor units or milliseconds"),
];

const metricsView = ({ database, timeZone }: ViewSource): View => ({
  name: "metrics",
  comment:
    "Counts and sums of measures by day and group: add them up over days and over the groups of one dimension, then divide. Of a level they are its changes that day",
  columns: metricColumns,
  select: `SELECT toDate(start, '${timeZone}') AS day, measure, dimension, value, sum(count) AS count, sum(sum) AS sum
FROM ${database}.slices FINAL WHERE granularity = 'day'
GROUP BY day, measure, dimension, value HAVING count != 0 OR sum != 0`,
});

const ledgerView = ({ database }: ViewSource): View => ({
  name: "ledger",
  comment:
    "What became of the records of each source, by the task that read them: applied, duplicate or quarantined, exactly one of them",
  columns: [...ledgerKeyColumns, ...ledgerCountColumns],
  select: `SELECT ${names([...ledgerKeyColumns, ...ledgerCountColumns])} FROM ${database}.ledger FINAL`,
});

/** What people query is made in three layers; beside them stands what tells of the engine's own work. */
export const layers = ["events", "facts", "metrics", "engine"] as const;
export type Layer = (typeof layers)[number];

/** The views of the database `leadwire` by their layer, over one generation: each stands on those before it. */
export const layersOf = (source: ViewSource): Readonly<Record<Layer, ReadonlyArray<View>>> => ({
  events: [eventsView, ...eventTypeViews, eventsAllView],
  facts: [
    factsView(source),
    leadsView(source),
    dealsView(source),
    ...factLayerViews(source.timeZone),
    factHistoryView(source),
    factVersionsView(source),
  ],
  metrics: [metricsView(source), slicesView(source), taskSlicesView(source)],
  engine: [ledgerView(source), ...alertViews],
});

/** The views of the database `leadwire`, over one generation. */
export const viewsOf = (source: ViewSource): ReadonlyArray<View> => Object.values(layersOf(source)).flat();
