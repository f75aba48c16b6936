import { publishedSchemas } from "../schema/published.ts";
import { derivedRegistry, type SchemaRegistry, type WriterSchema } from "../schema-registry.ts";

/** A registry that counts its ids up from `first`, as a real one does, and knows the derived ones besides. */
export const numberedRegistry = (first = 1): SchemaRegistry => {
  const writers = new Map<number, WriterSchema>();
  const ids = new Map<string, number>();
  publishedSchemas.forEach(({ name, schema }, index) => {
    writers.set(first + index, { name, schema });
    ids.set(name, first + index);
  });
  return {
    idOf: (name) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`there is no schema ${name}`);
      return id;
    },
    byId: (id) => writers.get(id) ?? derivedRegistry.byId(id),
  };
};
