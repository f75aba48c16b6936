import { type PartialSource, partialSql, partialsOfRows, planEntriesOfRows, planSql } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import { viewDatabase } from "./model/database.ts";
import type { Store } from "./store.ts";
import { StoreError } from "./store-fault.ts";

/**
 * Answers measures from the facts in ClickHouse. `facts` is a table or view with each fact once, the served
 * generation's view where not given. Rejects with StoreError.
 */
export const kpiSource = (store: Store, facts = `${viewDatabase}.facts`): Required<PartialSource> => ({
  partials: async (query) => {
    const { sql, params } = partialSql(query, facts);
    const rows = await store.rows(sql, { parameters: params })();
    if (isLeft(rows)) throw new StoreError(rows.left);
    return partialsOfRows(query, rows.right);
  },
  planEntries: async () => {
    const rows = await store.rows(planSql(facts))();
    if (isLeft(rows)) throw new StoreError(rows.left);
    return planEntriesOfRows(rows.right);
  },
});
