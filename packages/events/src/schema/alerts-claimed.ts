// Written by schemas/generate.mjs from schemas/alerts-claimed.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const alertsClaimedSchema: RecordSchema = {
  type: "record",
  name: "AlertsClaimed",
  namespace: "leadwire.v1",
  doc: "From here on this owner decides on the rules of the partition; what former owners write after it does not count.",
  fields: [
    {
      name: "epoch",
      type: "long",
      doc: "One above the highest before it.",
    },
    {
      name: "owner",
      type: "string",
      doc: "The process, for people.",
    },
    {
      name: "generation",
      type: "string",
      doc: "The generation of the numbers that it decides on.",
    },
    {
      name: "claimed_at",
      type: {
        type: "long",
        logicalType: "timestamp-millis",
      },
      doc: "By the owner's clock.",
    },
  ],
};
