import { pipe } from "fp-ts/lib/function.js";
import { map, type TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";

const prefix = "leadwire_g_";

/** The generations that have a database, in the order of their names. */
export const generationsOf = (store: Pick<Store, "rows">): TaskEither<StoreFault, ReadonlyArray<string>> =>
  pipe(
    store.rows(`SELECT name FROM system.databases WHERE startsWith(name, '${prefix}') ORDER BY name`),
    map((rows) => rows.map(([name]) => String(name).slice(prefix.length))),
  );
