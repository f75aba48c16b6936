// Written by schemas/generate.mjs from schemas/generation-building.avsc: change it there.
import type { RecordSchema } from "../avro-schema.ts";

export const generationBuildingSchema: RecordSchema = {
  type: "record",
  name: "GenerationBuilding",
  namespace: "leadwire.v1",
  doc: "What is built beside the generation that serves; the newest one counts, until it serves or another one does.",
  fields: [
    {
      name: "generation",
      type: "string",
      doc: "Its name: the hash of what shapes numbers, and a suffix where that was folded before.",
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
