import { eventTypes } from "@leadwire/events";
import { type Column, column, quoteText, type Table } from "./table.ts";

const low = "LowCardinality(String)";
/** Plain strings: a dictionary for each of these columns would more than double what an insert costs. */
const text = "Nullable(String)";
const integer = "Nullable(Int64)";
const time = "DateTime64(3, 'UTC')";
const date = "Nullable(Date32)";

/** Where a record stood in the log, and the head that every event carries. */
export const eventHeadColumns: ReadonlyArray<Column> = [
  column("topic", low, "Topic of the record"),
  column("partition", "Int32", "Partition of the record"),
  column("offset", "Int64", "Offset of the record in its partition"),
  column("append_time", time, "When the log took it in (UTC)"),
  column("type", `Enum8(${eventTypes.map((type, index) => `${quoteText(type)} = ${index}`).join(", ")})`, "Event type"),
  column("source_system", low, "System that produced it"),
  column("event_id", "String", "The producer's id of the event"),
  column("revision", "Int64", "Revision; the highest of an event counts"),
  column("voided", "Bool", "A voided revision takes the event out"),
  column("occurred_at", time, "When it happened (UTC)"),
];

/** The fields of all event types side by side; a field that a type does not have, or an event lacks, is null. */
export const eventPayloadColumns: ReadonlyArray<Column> = [
  column("lead_id", text, "Lead"),
  column("deal_id", text, "Deal; the lead where absent"),
  column("account_id", text, "Account"),
  column("owner", text, "Rep who owns the lead or deal, as stated"),
  column("team", text, "Team, as stated"),
  column("region", text, "Region of the lead"),
  column("channel", text, "Channel"),
  column("campaign", text, "Campaign"),
  column("segment", text, "Segment of the lead"),
  column("product", text, "Product of the lead"),
  column("pipeline", text, "Pipeline of the lead"),
  column("from_stage", text, "Stage left, as stated"),
  column("to_stage", text, "Stage entered"),
  column("changed_by", text, "Who changed the stage"),
  column("kind", text, "Kind of activity (call, email, …) or of survey (csat, nps)"),
  column("rep", text, "Rep of the activity"),
  column("direction", text, "outbound or inbound"),
  column("automated", "Nullable(Bool)", "True for an autoresponder: never a response"),
  column("outcome", text, "won, lost or no_decision"),
  column("reason", text, "Reason of a close, or of a subscription's change"),
  column("category", text, "Category of spend"),
  column("amount_minor", integer, "Amount in minor units of the currency"),
  column("currency", text, "ISO 4217 currency of the amounts"),
  column("expected_value_minor", integer, "Expected value in minor units of the currency"),
  column("expected_close_on", date, "Expected close"),
  column("term_months", integer, "Term of the contract in months"),
  column("recurring_amount_minor", integer, "Recurring amount over the whole term in minor units"),
  column("period_start", date, "First day that the spend covers"),
  column("period_end", date, "Last day that the spend covers"),
  column("subscription_id", text, "Subscription"),
  column("mrr_minor", integer, "Monthly recurring revenue after the change in minor units"),
  column("plan", text, "Plan of the subscription"),
  column("metric", text, "Metric of a target"),
  column("scope", text, "Scope of a target or forecast: company, team:x, rep:y"),
  column("period", text, "Period of a target or forecast: 2017, 2017-Q3, 2017-07"),
  column("target_value", "Nullable(Float64)", "Value of a target"),
  column("score", "Nullable(Float64)", "Score of a survey"),
  column("request_id", text, "Request to erase a lead"),
  column("lines.product", "Array(String)", "Products of the deal's lines"),
  column("lines.quantity", "Array(Float64)", "Quantities of the deal's lines"),
  column("lines.amount_minor", "Array(Int64)", "Amounts of the deal's lines in minor units"),
  column("lines.cost_minor", "Array(Nullable(Int64))", "Costs of the deal's lines in minor units"),
];

/** Decides between revisions: the higher one, and of two contents under one revision the smaller hash. */
export const eventRankColumn = column(
  "rank",
  "UInt128",
  "The revision, then the content's hash turned round: the highest counts",
);

/** Every record of the event topics, also those that a later revision replaced. */
export const eventsTable: Table = {
  name: "events",
  comment: "One row for each event record of the log",
  columns: [...eventHeadColumns, ...eventPayloadColumns, eventRankColumn],
  engine: "ReplacingMergeTree",
  orderBy: ["topic", "partition", "offset"],
  // As the latest revisions, which are fed on the same shard.
  shardBy: ["source_system", "event_id"],
};

/** The revision of each event that counts. */
export const eventsLatestTable: Table = {
  name: "events_latest",
  comment: "The revision of each event that counts",
  columns: [...eventHeadColumns, ...eventPayloadColumns, eventRankColumn],
  engine: "ReplacingMergeTree(rank)",
  orderBy: ["source_system", "event_id"],
  shardBy: ["source_system", "event_id"],
};
