import avsc from "avsc";
import type { AvroSchema } from "./avro-schema.ts";

/** The avsc type of a schema. A copy is handed over: avsc keeps and changes what it is given. */
export const avroType = (schema: AvroSchema): avsc.Type => avsc.Type.forSchema(JSON.parse(JSON.stringify(schema)));

/** The longs that avsc writes and reads exactly; beyond them its arithmetic rounds. */
export const longMax = Number.MAX_SAFE_INTEGER - 1;
export const longMin = -(2 ** 52);
