import type { AvroSchema, FieldSchema, RecordSchema } from "./avro-schema.ts";
import { avroType } from "./avro-type.ts";

/** Why data written with an older version could not be read with a newer one. */
export interface Incompatibility {
  readonly name: string;
  readonly version: number;
  readonly detail: string;
  /** Where one field alone is what breaks. */
  readonly field?: string;
}

interface FormerVersion<S> {
  readonly version: number;
  readonly schema: S;
}

/**
 * Which former versions of a schema the current one cannot read: backward-transitive, since the log is kept for ever.
 * avsc's resolver decides; it does not ask whether an enum's new symbol reaches an old reader, which no reader is.
 */
export const incompatibilities = (
  name: string,
  current: AvroSchema,
  former: ReadonlyArray<FormerVersion<AvroSchema>>,
): ReadonlyArray<Incompatibility> => {
  const reader = avroType(current);
  return former.flatMap(({ version, schema }) => {
    try {
      reader.createResolver(avroType(schema));
      return [];
    } catch (error) {
      // A resolver that cannot be made is thrown by avsc as an error that names the field.
      return [{ name, version, detail: error instanceof Error ? error.message : String(error) }];
    }
  });
};

/** As `incompatibilities`, with the fields that break each version: what a message has to name. */
export const breakingFields = (
  name: string,
  current: RecordSchema,
  former: ReadonlyArray<FormerVersion<RecordSchema>>,
): ReadonlyArray<Incompatibility> =>
  former.flatMap((version) => {
    const whole = incompatibilities(name, current, [version]);
    if (whole.length === 0) return whole;
    const fields = current.fields.flatMap((field) => brokenBy(field, name, current, version));
    return fields.length > 0 ? fields : whole;
  });

/** Asks about one field alone. A field that names an enum of another one cannot be asked about so; the whole then tells. */
const brokenBy = (
  field: FieldSchema,
  name: string,
  current: RecordSchema,
  { version, schema }: FormerVersion<RecordSchema>,
): ReadonlyArray<Incompatibility> => {
  const before = schema.fields.filter((candidate) => candidate.name === field.name);
  if (before.length === 0 && "default" in field) return [];
  const alone = { version, schema: { ...schema, fields: before } };
  const breaks = incompatibilities(name, { ...current, fields: [field] }, [alone]);
  return breaks.map((found) => ({
    ...found,
    field: field.name,
    detail: before.length === 0 ? `${field.name} is new and has no default` : `${field.name}: ${found.detail}`,
  }));
};
