import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { map } from "fp-ts/lib/TaskEither.js";
import { generationDatabase, logDatabase } from "./model/database.ts";
import type { Cell, Store } from "./store.ts";
import type { StoreFault } from "./store-fault.ts";

/**
 * Active parts of each table (database.table) that a generation's sink writes to. On a cluster those of the replica
 * that has the most: each has to merge its own.
 */
export const readActiveParts = (
  store: Store,
  generation: string,
): TaskEither<StoreFault, ReadonlyMap<string, number>> =>
  map(
    (rows: ReadonlyArray<ReadonlyArray<Cell>>) =>
      new Map(rows.map(([table, parts]): [string, number] => [String(table), Number(parts)])),
  )(
    store.rows(
      `SELECT concat(database, '.', table) AS name, max(parts) FROM (
         SELECT hostName() AS host, database, table, count() AS parts FROM ${partsTable(store)}
         WHERE active AND database IN {databases:Array(String)} GROUP BY host, database, table
       ) GROUP BY name ORDER BY name`,
      { parameters: { databases: [logDatabase, generationDatabase(generation)] } },
    ),
  );

const partsTable = ({ layout }: Store): string =>
  layout._tag === "single" ? "system.parts" : `clusterAllReplicas('${layout.name}', system.parts)`;
