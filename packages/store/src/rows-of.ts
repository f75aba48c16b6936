import { isLeft } from "fp-ts/lib/Either.js";
import type { Cell, SqlParameters, Store } from "./store.ts";
import { StoreError } from "./store-fault.ts";

/** The rows of a query, where a failure ends the question that they are for. Rejects with StoreError. */
export const rowsOf = async (
  store: Store,
  sql: string,
  parameters: SqlParameters = {},
): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const rows = await store.rows(sql, { parameters })();
  if (isLeft(rows)) throw new StoreError(rows.left);
  return rows.right;
};
