import { type Column, column, type Table } from "./table.ts";

const low = "LowCardinality(String)";
const time = "DateTime64(3, 'UTC')";
const labels = "Map(LowCardinality(String), String)";
const number = "Nullable(Float64)";

/** Where a record of leadwire.alerts stands. */
const placeColumns: ReadonlyArray<Column> = [
  column("partition", "Int32", "Partition of leadwire.alerts"),
  column("offset", "Int64", "Offset of the record in it"),
  column("append_time", time, "When the log took the record in (UTC)"),
];

const epochColumn = column("epoch", "Int64", "Of the owner of the partition that wrote it");

export const transitionColumns: ReadonlyArray<Column> = [
  column("transition_id", "String", "Rule, alert, start of the episode and ordinal in it"),
  epochColumn,
  column("rule_set", low, "File of the rule, without .yaml"),
  column("rule", low, "Rule"),
  column("rule_version", low, "Hash of what the rule says"),
  column("generation", low, "Generation of the numbers that it was decided on"),
  column("fingerprint", "String", "Names the alert: hash of rule and group or entity"),
  column("labels", labels, "Group or entity, and the rule's own labels"),
  column("severity", low, "info, warning or critical"),
  column("former", low, "State before: inactive, pending, firing or resolved"),
  column("status", low, "State from here on"),
  column("step", "Int32", "How far it has escalated; 0 at first"),
  column("cause", low, "What brought it about: data, time, gone, rule_changed, rule_removed or formula_changed"),
  column("at", time, "From when on it is so, in event time (UTC)"),
  column("evaluated_at", time, "When it was found (UTC)"),
  column("started_at", time, "When the episode began (UTC)"),
  column("value", number, "What was measured, in the metric's unit"),
  column("numerator", number, "Of a ratio"),
  column("denominator", number, "Of a ratio; else how many facts stand behind the value"),
  column("threshold", number, "What the value was held against"),
  column("unit", low, "Unit of value and threshold"),
  column("events", "Array(String)", "Newest events behind it: source_system/event_id"),
  column("summary", "String", "What happened, in words"),
  column("explain", "String", "Command that shows what the value is made of"),
];

/** Every transition as it was written, also what a fenced owner wrote: the view leaves that out. */
export const alertTransitionsTable: Table = {
  name: "alert_transitions",
  comment: "One row for each transition of an alert",
  columns: [...placeColumns, ...transitionColumns],
  engine: "ReplacingMergeTree",
  orderBy: ["partition", "offset"],
  shardBy: ["partition"],
};

export const alertClaimsTable: Table = {
  name: "alert_claims",
  comment: "Who decided on the rules of a partition, from which record on",
  columns: [
    ...placeColumns,
    epochColumn,
    column("owner", "String", "Process"),
    column("generation", low, "Generation of the numbers that it decides on"),
    column("claimed_at", time, "By the owner's clock (UTC)"),
  ],
  engine: "ReplacingMergeTree",
  orderBy: ["partition", "offset"],
  shardBy: ["partition"],
};

export const plannedColumns: ReadonlyArray<Column> = [
  column("key", "String", "Idempotency key: the same over retries and restarts"),
  epochColumn,
  column("receiver", low, "Receiver"),
  column("group_key", "String", "Route and labels that it groups by"),
  column("group", labels, "Labels that all its alerts share"),
  column("kind", low, "changed, repeated or resent"),
  column("transitions", "Array(String)", "Transitions that it tells"),
  column("alerts", "Array(String)", "Fingerprints of the alerts that it lists"),
  column("planned_at", time, "When it was decided (UTC)"),
];

export const notificationsPlannedTable: Table = {
  name: "notifications_planned",
  comment: "One row for each notification that was to be sent",
  columns: [...placeColumns, ...plannedColumns],
  engine: "ReplacingMergeTree",
  orderBy: ["partition", "offset"],
  shardBy: ["partition"],
};

export const notificationsSettledTable: Table = {
  name: "notifications_settled",
  comment: "One row for each notification that was delivered or given up",
  columns: [
    ...placeColumns,
    column("key", "String", "Idempotency key"),
    epochColumn,
    column("receiver", low, "Receiver"),
    column("outcome", low, "delivered or dead"),
    column("attempts", "Int32", "How often it was tried"),
    column("detail", "String", "What the receiver answered last, or why it was given up"),
    column("settled_at", time, "When (UTC)"),
  ],
  engine: "ReplacingMergeTree",
  orderBy: ["partition", "offset"],
  shardBy: ["partition"],
};

export const silenceColumns: ReadonlyArray<Column> = [
  column("silence_id", "String", "Names the silence"),
  column("matchers", "Array(String)", "What it silences, such as team=north"),
  column("author", "String", "Who wanted it"),
  column("comment", "String", "Why"),
  column("starts_at", time, "From here on (UTC)"),
  column("ends_at", time, "Up to here, excluded (UTC)"),
  column("set_at", time, "When it was set, or ended early (UTC)"),
];

export const alertSilencesTable: Table = {
  name: "alert_silences",
  comment: "Every word on a silence; the newest of an id counts",
  columns: [...placeColumns, ...silenceColumns],
  engine: "ReplacingMergeTree",
  orderBy: ["partition", "offset"],
  shardBy: ["partition"],
};

export const acknowledgementColumns: ReadonlyArray<Column> = [
  column("rule_set", low, "File of the rule, without .yaml"),
  column("rule", low, "Rule"),
  column("fingerprint", "String", "Alert"),
  column("author", "String", "Who looks after it"),
  column("comment", "String", "What they say"),
  column("acknowledged_at", time, "When (UTC)"),
];

export const alertAcknowledgementsTable: Table = {
  name: "alert_acknowledgements",
  comment: "One row each time that somebody said they look after an alert",
  columns: [...placeColumns, ...acknowledgementColumns],
  engine: "ReplacingMergeTree",
  orderBy: ["partition", "offset"],
  shardBy: ["partition"],
};

export const alertTables: ReadonlyArray<Table> = [
  alertTransitionsTable,
  alertClaimsTable,
  notificationsPlannedTable,
  notificationsSettledTable,
  alertSilencesTable,
  alertAcknowledgementsTable,
];
