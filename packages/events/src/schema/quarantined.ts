// Written by schemas/generate.mjs from schemas/quarantined.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const quarantinedSchema: RecordSchema = {
  type: "record",
  name: "Quarantined",
  namespace: "leadwire.v1",
  doc: "A record that could not be used, with its original bytes, so that it can be repaired and replayed.",
  fields: [
    {
      name: "id",
      type: "string",
      doc: "A hash of where the record stood and of its bytes: the same record gets the same id again.",
    },
    {
      name: "source_system",
      type: "string",
      doc: "The system that produced it, as far as known; else empty.",
    },
    {
      name: "origin",
      type: "string",
      doc: "The imported file's name, or the topic.",
    },
    {
      name: "partition",
      type: ["null", "int"],
      default: null,
      doc: "The partition, for a record of a topic.",
    },
    {
      name: "position",
      type: "long",
      doc: "The line of the file the record starts in (1 is the first), or the offset in the partition.",
    },
    {
      name: "reason",
      type: "string",
      doc: "One of the closed list of reasons in packages/events/src/quarantine.ts.",
    },
    {
      name: "detail",
      type: "string",
      doc: "The field, what was found and what was expected.",
    },
    {
      name: "bytes",
      type: "bytes",
      doc: "The original bytes.",
    },
    {
      name: "appended_at",
      type: [
        "null",
        {
          type: "long",
          logicalType: "timestamp-millis",
        },
      ],
      default: null,
      doc: "When the log appended the record, for a record of a topic.",
    },
  ],
};
