import type { TileData } from "../../board/tile-data.ts";
import type { BoardFreshness } from "../../board-source.ts";
import type { Connection } from "../board-store.ts";

/** What can be trusted: the connection's trouble first, then what the engine says of its data. */
export type FreshnessState = Exclude<Connection, "connected"> | BoardFreshness["state"];

export const stateOf = (connection: Connection, freshness: BoardFreshness | null): FreshnessState =>
  connection === "connected" ? (freshness?.state ?? "connecting") : connection;

/** A number is asked for every 15 s: four times without an answer, and facts do not answer. */
const askedForMsMax = 60_000;

/** As the board, but for a number that was asked for longer ago than it should be: the board's engine is live without it. */
export const tileStateOf = (
  ofBoard: FreshnessState,
  { source, askedAtMs }: Pick<TileData, "source" | "askedAtMs">,
  nowMs: number,
): FreshnessState =>
  ofBoard === "live" && source === "asked" && askedAtMs !== undefined && nowMs - askedAtMs > askedForMsMax
    ? "stale"
    : ofBoard;
