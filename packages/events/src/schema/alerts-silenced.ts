// Written by schemas/generate.mjs from schemas/alerts-silenced.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const alertsSilencedSchema: RecordSchema = {
  type: "record",
  name: "AlertsSilenced",
  namespace: "leadwire.v1",
  doc: "Alerts that match are not notified of for a while. The newest record of an id counts.",
  fields: [
    {
      name: "silence_id",
      type: "string",
      doc: "Names the silence.",
    },
    {
      name: "matchers",
      type: {
        type: "array",
        items: {
          type: "record",
          name: "AlertMatcher",
          fields: [
            {
              name: "label",
              type: "string",
              doc: "A label, or rule, rule_set, severity.",
            },
            {
              name: "operator",
              type: {
                type: "enum",
                name: "AlertMatch",
                symbols: ["equals", "differs", "matches", "mismatches"],
              },
              doc: "How it is compared.",
            },
            {
              name: "value",
              type: "string",
              doc: "A text, or an anchored regular expression.",
            },
          ],
        },
      },
      doc: "All of them have to match.",
    },
    {
      name: "author",
      type: "string",
      doc: "Who wants it.",
    },
    {
      name: "comment",
      type: "string",
      doc: "Why.",
    },
    {
      name: "starts_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "From here on.",
    },
    {
      name: "ends_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "Up to here, excluded; ended early by a later record.",
    },
    {
      name: "set_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "When it was asked for.",
    },
  ],
};
