import type { SqlText } from "@leadwire/kpis";
import { rowsOf, type Store } from "@leadwire/store";

/** The rows of a report's query. Rejects with StoreError. */
export const reportRows = (store: Store, { sql, params }: SqlText) => rowsOf(store, sql, params);
