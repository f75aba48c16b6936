import type { SqlText } from "@leadwire/kpis";
import { type Store, StoreError } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";

/** The rows of a report's query. Rejects with StoreError. */
export const reportRows = async (store: Store, { sql, params }: SqlText) => {
  const rows = await store.rows(sql, { parameters: params })();
  if (isLeft(rows)) throw new StoreError(rows.left);
  return rows.right;
};
