// Written by schemas/generate.mjs from schemas/slice-updated.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const sliceUpdatedSchema: RecordSchema = {
  type: "record",
  name: "SliceUpdated",
  namespace: "leadwire.v1",
  doc: "What one partition knows of one series in one stretch of time. Values are absolute, never deltas.",
  fields: [
    {
      name: "origin",
      type: {
        type: "enum",
        name: "Origin",
        doc: "The event topic that a task reads.",
        symbols: ["funnel", "spend", "accounts", "plan"],
      },
      doc: "The event topic whose task wrote this.",
    },
    {
      name: "partition",
      type: "int",
      doc: "The partition of that topic; the version is an offset in it.",
    },
    {
      name: "version",
      type: "long",
      doc: "The offset up to which the value counts; a reader keeps the highest.",
    },
    {
      name: "measure",
      type: "string",
      doc: "The id of the measure.",
    },
    {
      name: "dimension",
      type: "string",
      doc: "company, or the dimension the series is grouped by.",
    },
    {
      name: "value",
      type: "string",
      doc: "The dimension's value; empty for company.",
    },
    {
      name: "granularity",
      type: {
        type: "enum",
        name: "Granularity",
        doc: "How long the stretch of time is.",
        symbols: ["minute", "hour", "day"],
      },
      doc: "How long the stretch of time is.",
    },
    {
      name: "start",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "Start of the minute, of the local hour or of the local day.",
    },
    {
      name: "bin",
      type: ["null", "int"],
      default: null,
      doc: "The percentile bin, or null for the plain count and sum of an unbinned measure.",
    },
    {
      name: "count",
      type: "long",
      doc: "How many facts, signed where the measure is a level.",
    },
    {
      name: "sum",
      type: "long",
      doc: "Whole minor units or milliseconds.",
    },
  ],
};
