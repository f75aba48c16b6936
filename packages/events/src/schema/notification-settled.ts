// Written by schemas/generate.mjs from schemas/notification-settled.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const notificationSettledSchema: RecordSchema = {
  type: "record",
  name: "NotificationSettled",
  namespace: "leadwire.v1",
  doc: "A planned notification has come to its end.",
  fields: [
    {
      name: "key",
      type: "string",
      doc: "Of the notification.",
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
      name: "outcome",
      type: {
        type: "enum",
        name: "NotificationOutcome",
        symbols: ["delivered", "dead"],
      },
      doc: "delivered, or dead: given up.",
    },
    {
      name: "attempts",
      type: "int",
      doc: "How often it was tried.",
    },
    {
      name: "detail",
      type: "string",
      doc: "What the receiver answered last, or why it was given up.",
    },
    {
      name: "settled_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "By the owner's clock.",
    },
  ],
};
