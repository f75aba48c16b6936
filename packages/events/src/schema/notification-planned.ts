// Written by schemas/generate.mjs from schemas/notification-planned.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const notificationPlannedSchema: RecordSchema = {
  type: "record",
  name: "NotificationPlanned",
  namespace: "leadwire.v1",
  doc: "What is to be sent to one receiver; it is sent only after this is durable, under this key alone.",
  fields: [
    {
      name: "key",
      type: "string",
      doc: "The idempotency key: the same over retries, restarts and owners.",
    },
    {
      name: "epoch",
      type: "long",
      doc: "Of the owner that wrote this: where a later claim of the partition stands before it, it does not count.",
    },
    {
      name: "receiver",
      type: "string",
      doc: "The receiver's name.",
    },
    {
      name: "group_key",
      type: "string",
      doc: "The route and the labels that it groups by.",
    },
    {
      name: "group",
      type: {
        type: "map",
        values: "string",
      },
      doc: "The labels that all its alerts share.",
    },
    {
      name: "kind",
      type: {
        type: "enum",
        name: "NotificationKind",
        symbols: ["changed", "repeated", "resent"],
      },
      doc: "Why it is sent.",
    },
    {
      name: "transitions",
      type: {
        type: "array",
        items: "string",
      },
      doc: "Ids of the transitions that it tells.",
    },
    {
      name: "alerts",
      type: {
        type: "array",
        items: "string",
      },
      doc: "Fingerprints of all alerts that it lists.",
    },
    {
      name: "planned_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "By the owner's clock.",
    },
  ],
};
