// Written by schemas/generate.mjs from schemas/restate-requested.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const restateRequestedSchema: RecordSchema = {
  type: "record",
  name: "RestateRequested",
  namespace: "leadwire.v1",
  doc: "A reader asks a task to tell again what the derived topics no longer hold.",
  fields: [
    {
      name: "generation",
      type: "string",
      doc: "The generation of the derived topics.",
    },
    {
      name: "partition",
      type: "int",
      doc: "The partition whose tasks are asked.",
    },
    {
      name: "scope",
      type: {
        type: "enum",
        name: "RestateScope",
        symbols: ["slices", "facts"],
      },
      doc: "slices: told again from state. facts: the partition is folded anew from the log, with every output.",
    },
    {
      name: "requested_by",
      type: "string",
      doc: "The reader, for logs.",
    },
  ],
};
