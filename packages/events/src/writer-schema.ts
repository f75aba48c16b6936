import { type Either, left, right } from "fp-ts/lib/Either.js";
import { type AvroSchema, canonicalForm, type RecordSchema } from "./avro-schema.ts";
import { breakingFields } from "./compatibility.ts";
import { flatPlan } from "./flat-plan.ts";
import { currentSchemas, type SchemaName } from "./schema/published.ts";
import type { WriterSchema } from "./schema-registry.ts";

/** The full name of a record schema: the registry's subject (RecordNameStrategy), and what tells a foreign schema's kind. */
export const fullNameOf = (schema: RecordSchema): string =>
  schema.name.includes(".") || schema.namespace === undefined ? schema.name : `${schema.namespace}.${schema.name}`;

// Object.keys forgets that the keys of currentSchemas are its names.
const names = Object.keys(currentSchemas) as ReadonlyArray<SchemaName>;
const nameByFullName = new Map(names.map((name) => [fullNameOf(currentSchemas[name]), name]));

const primitives: ReadonlySet<unknown> = new Set([
  "null",
  "boolean",
  "int",
  "long",
  "float",
  "double",
  "bytes",
  "string",
]);
const kept: ReadonlySet<unknown> = new Set(["date", "timestamp-millis"]);

/** The same schema without what other languages add to primitive types, such as `avro.java.string`. */
const plainSchema = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(plainSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  const type: unknown = Reflect.get(schema, "type");
  if (primitives.has(type)) return kept.has(Reflect.get(schema, "logicalType")) ? schema : type;
  const inner = ["type", "items", "values"].filter((key) => typeof Reflect.get(schema, key) === "object");
  const plain = Object.fromEntries(inner.map((key) => [key, plainSchema(Reflect.get(schema, key))]));
  const fields: unknown = Reflect.get(schema, "fields");
  return { ...schema, ...plain, ...(Array.isArray(fields) ? { fields: fields.map(plainField) } : {}) };
};

const plainField = (field: unknown): unknown =>
  typeof field === "object" && field !== null ? { ...field, type: plainSchema(Reflect.get(field, "type")) } : field;

const isRecordSchema = (schema: unknown): schema is RecordSchema =>
  typeof schema === "object" &&
  schema !== null &&
  Reflect.get(schema, "type") === "record" &&
  typeof Reflect.get(schema, "name") === "string" &&
  Array.isArray(Reflect.get(schema, "fields"));

const parsed = (text: string): unknown => {
  try {
    return plainSchema(JSON.parse(text));
  } catch {
    // Text that is no JSON is told like any other that is no record schema.
    return undefined;
  }
};

/** Reads a schema that a registry holds, perhaps of a foreign producer. Left says why it is none of ours. */
export const writerSchemaOf = (text: string): Either<string, WriterSchema> => {
  const schema = parsed(text);
  if (!isRecordSchema(schema)) return left("it is not an Avro record");
  const name = nameByFullName.get(fullNameOf(schema));
  return name === undefined
    ? left(`${fullNameOf(schema)} is none of the records in schemas/`)
    : right({ name, schema });
};

/** Why records of a writer's schema cannot be read: a field that ours needs, or a type that the decoders do not walk. */
export const unreadable = (writer: WriterSchema): string | undefined => {
  const breaks = breakingFields(writer.name, currentSchemas[writer.name], [{ version: 0, schema: writer.schema }]);
  if (breaks.length > 0) return breaks.map(({ detail }) => detail).join("; ");
  try {
    flatPlan(writer);
    return undefined;
  } catch (error) {
    // The error names the field.
    return error instanceof Error ? error.message : String(error);
  }
};

/** Whether two schemas read the same bytes in the same way. */
export const isSameSchema = (one: AvroSchema, other: AvroSchema): boolean =>
  canonicalForm(one) === canonicalForm(other);
