import type { BoardFreshness } from "../../board-source.ts";
import type { Connection } from "../board-store.ts";

/** What can be trusted: the connection's trouble first, then what the engine says of its data. */
export type FreshnessState = Exclude<Connection, "connected"> | BoardFreshness["state"];

export const stateOf = (connection: Connection, freshness: BoardFreshness | null): FreshnessState =>
  connection === "connected" ? (freshness?.state ?? "connecting") : connection;
