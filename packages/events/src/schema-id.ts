import { hash } from "node:crypto";
import { type AvroSchema, canonicalForm } from "./avro-schema.ts";

/**
 * The id of a schema where no registry gives one out: the first 4 bytes of the SHA-256 of its canonical form, as a
 * positive int32, so that every process derives the same id.
 */
export const schemaId = (schema: AvroSchema): number =>
  hash("sha256", canonicalForm(schema), "buffer").readInt32BE(0) & 0x7fffffff;
