// Written by schemas/generate.mjs from schemas/alert-acknowledged.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const alertAcknowledgedSchema: RecordSchema = {
  type: "record",
  name: "AlertAcknowledged",
  namespace: "leadwire.v1",
  doc: "Somebody looks after an alert: it is not repeated and does not escalate until it is resolved.",
  fields: [
    {
      name: "rule_set",
      type: "string",
      doc: "The file of rules.",
    },
    {
      name: "rule",
      type: "string",
      doc: "The rule's id.",
    },
    {
      name: "fingerprint",
      type: "string",
      doc: "The alert.",
    },
    {
      name: "author",
      type: "string",
      doc: "Who looks after it.",
    },
    {
      name: "comment",
      type: "string",
      doc: "What they say.",
    },
    {
      name: "acknowledged_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When.",
    },
  ],
};
