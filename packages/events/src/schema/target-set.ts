// Written by schemas/generate.mjs from schemas/target-set.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const targetSetSchema: RecordSchema = {
  type: "record",
  name: "TargetSet",
  namespace: "leadwire.v1",
  doc: "A metric got a target for a scope and a period.",
  fields: [
    {
      name: "event_id",
      type: "string",
      doc: "The producer's id of this event, unique within its source system.",
    },
    {
      name: "source_system",
      type: "string",
      doc: "The system that produced the event, such as crm or phone.",
    },
    {
      name: "occurred_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When it happened, by the source's own account (UTC).",
    },
    {
      name: "revision",
      type: "long",
      default: 0,
      doc: "The highest revision of an event id counts; a correction is the next one.",
    },
    {
      name: "voided",
      type: "boolean",
      default: false,
      doc: "True takes the event out, as if it had never happened.",
    },
    {
      name: "metric",
      type: "string",
      doc: "The id of the metric, such as sales.",
    },
    {
      name: "scope",
      type: "string",
      doc: "company, team:NAME or rep:NAME.",
    },
    {
      name: "period",
      type: "string",
      doc: "A year, quarter or month: 2017, 2017-Q3 or 2017-07.",
    },
    {
      name: "value",
      type: "double",
      doc: "The target in the metric's own unit; money in minor units of the workspace's currency.",
    },
  ],
};
