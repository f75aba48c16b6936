// Written by schemas/generate.mjs from schemas/lead-key.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const leadKeySchema: RecordSchema = {
  type: "record",
  name: "LeadKey",
  namespace: "leadwire.v1",
  doc: "The key that a lead's contact is sealed with, keyed by the lead; its topic is compacted, so that an erased key is gone.",
  fields: [
    {
      name: "lead_id",
      type: "string",
      doc: "The lead.",
    },
    {
      name: "key",
      type: ["null", "bytes"],
      default: null,
      doc: "32 bytes; null once the lead was erased: nothing is sealed for it again.",
    },
  ],
};
