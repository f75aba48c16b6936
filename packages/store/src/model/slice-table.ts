import { column, type Table } from "./table.ts";

/** Stands for "no bin" in the key, which holds no nulls; bins are never negative. */
export const noBin = -1;

/**
 * The partial aggregates of every task. Minutes and hours are kept a little longer than any window reads them;
 * days for ever.
 */
export const slicesTable: Table = {
  name: "slices",
  comment: "Partial aggregates: one measure, one group, one stretch of time, one task",
  columns: [
    column("measure", "LowCardinality(String)", "Measure of the catalogue"),
    column("dimension", "LowCardinality(String)", "company, or the dimension the value belongs to"),
    column("value", "LowCardinality(String)", "The group; empty for the company"),
    column("granularity", "Enum8('minute' = 0, 'hour' = 1, 'day' = 2)", "Length of the slice"),
    column("start", "DateTime64(3, 'UTC')", "Start of the minute, of the local hour or of the local day"),
    column("bin", "Int32", "Percentile bin; -1 for the plain count and sum of a measure without bins"),
    column("origin", "LowCardinality(String)", "Topic of the task: funnel, spend, accounts or plan"),
    column("partition", "Int32", "Partition of the task"),
    column("version", "Int64", "Offset up to which the value counts; the highest counts"),
    column("count", "Int64", "Facts counted"),
    column("sum", "Int64", "Their sum, in whole minor units or milliseconds"),
  ],
  engine: "ReplacingMergeTree(version)",
  // No PARTITION BY: each insert would make a part for every partition it touches.
  // Time before the group: what is old lies apart from what new inserts touch, so that FINAL reads it without merging.
  orderBy: ["measure", "dimension", "granularity", "start", "value", "bin", "origin", "partition"],
  shardBy: ["measure", "dimension", "value", "start"],
  ttl: "toDateTime(start) + INTERVAL 3 DAY DELETE WHERE granularity = 'minute', toDateTime(start) + INTERVAL 402 DAY DELETE WHERE granularity = 'hour'",
};
