// Written by schemas/generate.mjs from schemas/generation-announced.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const generationAnnouncedSchema: RecordSchema = {
  type: "record",
  name: "GenerationAnnounced",
  namespace: "leadwire.v1",
  doc: "What every process of a cluster folds with from here on; the newest announcement counts.",
  fields: [
    {
      name: "generation",
      type: "string",
      doc: "The hash of what shapes numbers.",
    },
    {
      name: "workspace",
      type: "string",
      doc: "The workspace as JSON.",
    },
    {
      name: "measures",
      type: "string",
      doc: "The measures that are sliced by, as text.",
    },
    {
      name: "partitions",
      type: "int",
      doc: "Partitions of every topic.",
    },
  ],
};
