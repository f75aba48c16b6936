import type { AvroSchema } from "./avro-schema.ts";
import { avroType } from "./avro-type.ts";

/** Why data written with an older version could not be read with a newer one. */
export interface Incompatibility {
  readonly name: string;
  readonly version: number;
  readonly detail: string;
}

/**
 * Which former versions of a schema the current one cannot read: backward-transitive, since the log is kept for ever.
 * avsc's resolver decides; it does not ask whether an enum's new symbol reaches an old reader, which no reader is.
 */
export const incompatibilities = (
  name: string,
  current: AvroSchema,
  former: ReadonlyArray<{ readonly version: number; readonly schema: AvroSchema }>,
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
