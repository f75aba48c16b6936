/** Who asks: the engine itself, or a reader of the views whom ClickHouse holds to its grants and limits. */
export type StoreUser = "engine" | "analyst";
