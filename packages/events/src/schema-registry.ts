import type { RecordSchema } from "./avro-schema.ts";
import { publishedSchemas, type SchemaName } from "./schema/published.ts";
import { schemaId } from "./schema-id.ts";

/** The schema that a record was written with. */
export interface WriterSchema {
  readonly name: SchemaName;
  readonly schema: RecordSchema;
}

/** Which id stands on a record for a schema, and which schema an id on a record means. */
export interface SchemaRegistry {
  /** The id of the current schema of this name. */
  readonly idOf: (name: SchemaName) => number;
  /** Undefined for an id that nobody registered. */
  readonly byId: (id: number) => WriterSchema | undefined;
}

const deriveRegistry = (): SchemaRegistry => {
  const writers = new Map<number, WriterSchema>();
  const ids = new Map<SchemaName, number>();
  for (const { name, schema } of publishedSchemas) {
    const id = schemaId(schema);
    const taken = writers.get(id);
    if (taken !== undefined && taken.name !== name)
      throw new Error(`Schemas ${taken.name} and ${name} share id ${id}.`);
    writers.set(id, { name, schema });
    ids.set(name, id);
  }
  const idOf = (name: SchemaName): number => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`schemas/history/${name} is empty: publish ${name}.avsc there first.`);
    return id;
  };
  return { idOf, byId: (id) => writers.get(id) };
};

/** Ids derived from `schemas/`: every version ever published is known, and no server is needed. */
export const derivedRegistry: SchemaRegistry = deriveRegistry();
