import { dimensions, factKinds, factOutcomes } from "@leadwire/funnel";
import { type Column, column, quoteText, type Table } from "./table.ts";

const enumOf = (names: ReadonlyArray<string>): string =>
  `Enum8(${names.map((name, index) => `${quoteText(name)} = ${index}`).join(", ")})`;

const low = "LowCardinality(String)";
const time = "DateTime64(3, 'UTC')";

const dimensionComments: Readonly<Record<(typeof dimensions)[number], string>> = {
  owner: "Rep who gets the credit: the owner at the time of the event",
  team: "Team of that owner",
  region: "Region of the lead",
  channel: "Channel the lead came from, or money was spent on",
  campaign: "Campaign the lead came from, or money was spent on",
  segment: "Segment of the lead",
  product: "Product of the lead, or of the line of a sale",
  pipeline: "Pipeline of the lead",
  stage: "Stage entered, or the deal's stage",
};

/** What a fact is, without when and why it came to be so. Missing dimensions read (none). */
export const factColumns: ReadonlyArray<Column> = [
  column("fact_id", "String", "Name of the fact: source system, event, kind and ordinal"),
  column("kind", enumOf(factKinds), "What the fact says"),
  column("at", time, "When it is true, in event time (UTC)"),
  column("outcome", enumOf(factOutcomes), "How it came out, for kinds that come out several ways; else empty"),
  column("count", "Int64", "1; -1 where a level falls"),
  column("amount_minor", "Int64", "Money in minor units of the workspace's currency"),
  column("cost_minor", "Nullable(Int64)", "Cost of a sale's line in minor units, where known"),
  column("units", "Float64", "Pieces sold"),
  column("duration_ms", "Nullable(Int64)", "Duration in milliseconds, where the kind has one"),
  column(
    "bin",
    "Nullable(Int32)",
    "Percentile bin of the duration; of a pipeline the stage's probability in 1/10,000, of a contract its months, of a first meeting the touches before it",
  ),
  column("business_ms", "Nullable(Int64)", "Duration inside business hours in milliseconds, where the kind has one"),
  column("business_bin", "Nullable(Int32)", "Percentile bin of the business duration"),
  column("due_at", `Nullable(${time})`, "Start of the local day that an open deal is expected to close on (UTC)"),
  column("term_months", "Nullable(Int32)", "Months that a won deal's contract runs, where stated"),
  column("cohort_at", `Nullable(${time})`, "Creation of the lead, for facts about cohorts and ages (UTC)"),
  column("lead_id", "String", "Lead"),
  column("deal_id", "String", "Deal; the lead where a deal has no id of its own"),
  column("account_id", "String", "Account; the lead where none is known"),
  column("subject", low, "Metric of a target; else empty"),
  column("period", low, "Period of a target or forecast as stated; else empty"),
  ...dimensions.map((name) => column(name, low, dimensionComments[name])),
];

/** Which record of the log made the fact what it is. */
export const causeColumns: ReadonlyArray<Column> = [
  column("present", "UInt8", "1: the fact holds from this version on; 0: it was taken back"),
  column("origin", low, "Topic of the causing record: funnel, spend, accounts or plan"),
  column("partition", "Int32", "Partition of the causing record"),
  column("version", "Int64", "Offset of the causing record in its partition; the highest counts"),
  column("append_time", time, "When the log took the causing record in (UTC)"),
  column("cause_source", low, "Source system of the causing event"),
  column("cause_event_id", "String", "Id of the causing event"),
  column("backfill", "UInt8", "1: the causing record came with a backfill id (an import, a replay)"),
];

const columns = [...factColumns, ...causeColumns];

/**
 * Landing table: every change of every fact, whatever the order of arrival; a repeated row merges with itself only. Rows
 * come in the order of versions, so a key of numbers in front costs a third less to sort and merge than the ids would.
 */
export const factHistoryTable: Table = {
  name: "fact_history",
  comment: "One row for each change of a fact, for answers as of an earlier time",
  columns,
  engine: "ReplacingMergeTree",
  orderBy: ["kind", "origin", "partition", "version", "fact_id"],
  // Versions follow the log, and so, mostly, do the times of what it tells.
  ranges: ["at"],
  // As the highest versions, which are fed on the same shard.
  shardBy: ["fact_id"],
};

/** The highest version of each fact; the kind is part of its id, so it can lead the key that queries filter by. */
export const factsLatestTable: Table = {
  name: "facts_latest",
  comment: "The highest version of each fact",
  columns,
  engine: "ReplacingMergeTree(version)",
  orderBy: ["kind", "fact_id"],
  shardBy: ["fact_id"],
};
