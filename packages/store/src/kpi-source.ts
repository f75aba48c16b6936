import { type PartialSource, partialSql, partialsOfRows, planEntriesOfRows, planSql } from "@leadwire/kpis";
import { viewDatabase } from "./model/database.ts";
import { rowsOf } from "./rows-of.ts";
import type { Store } from "./store.ts";

/**
 * Answers measures from the facts in ClickHouse. `facts` is a table or view with each fact once, the served
 * generation's view where not given. Rejects with StoreError.
 */
export const kpiSource = (store: Store, facts = `${viewDatabase}.facts`): Required<PartialSource> => ({
  partials: async (query) => {
    const { sql, params } = partialSql(query, facts);
    return partialsOfRows(query, await rowsOf(store, sql, params));
  },
  planEntries: async () => planEntriesOfRows(await rowsOf(store, planSql(facts))),
});
