import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { generationDatabase } from "../model/database.ts";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";

/** Deletes the tables of a generation that no view points at and nobody writes to any more. May be repeated. */
export const dropGeneration = (store: Store, generation: string): TaskEither<StoreFault, void> => {
  const { layout } = store;
  const onCluster = layout._tag === "single" ? "" : ` ON CLUSTER ${layout.name}`;
  return store.command(`DROP DATABASE IF EXISTS ${generationDatabase(generation)}${onCluster} SYNC`);
};
