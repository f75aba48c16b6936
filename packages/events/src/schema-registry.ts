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
  /**
   * Where a server knows more than `byId` yet: false until `learn` has asked it about an id. A record with such an id is
   * not judged before, so that the answer never depends on when a newer producer's schema was heard of.
   */
  readonly isSettled?: (id: number) => boolean;
  /** Asks the server about an id. Waits a silent server out. */
  readonly learn?: (id: number) => Promise<void>;
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

/** The ids that a record of one schema may carry: its registry's, and the derived one from before there was a registry. */
export interface SchemaIds {
  /** What is written. */
  readonly own: number;
  readonly derived: number;
  /** Derived ids of former versions, where whoever reads this schema reads them too. */
  readonly former?: ReadonlyArray<number>;
}

export const schemaIdsOf = (registry: SchemaRegistry, name: SchemaName): SchemaIds => ({
  own: registry.idOf(name),
  derived: derivedRegistry.idOf(name),
});

/** The derived ids of all versions of a schema but the current one. */
export const formerIdsOf = (name: SchemaName): ReadonlyArray<number> => {
  const ids = publishedSchemas.filter((published) => published.name === name).map(({ schema }) => schemaId(schema));
  return ids.filter((id) => id !== derivedRegistry.idOf(name));
};

/** Whether an id on a record means this schema. */
export const isOneOf = ({ own, derived, former }: SchemaIds, id: number): boolean =>
  id === own || id === derived || former?.includes(id) === true;

/** Ids derived from `schemas/`: every version ever published is known, and no server is needed. */
export const derivedRegistry: SchemaRegistry = deriveRegistry();
