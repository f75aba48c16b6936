import type { BoardEvent, BoardFreshness, BoardSnapshot, BoardTile, Leaderboard } from "./board-source.ts";

/**
 * What travels to the page. A snapshot comes first; then only what changed. A change is absolute, never a delta: any
 * number of changes may be skipped as long as the next one covers them, which is how a slow client catches up.
 */
export type BoardFrame = SnapshotFrame | ChangeFrame;

export interface SnapshotFrame {
  readonly type: "snapshot";
  /** The server's clock when the frame was made. */
  readonly sentAtMs: number;
  /** The build that this server serves: a page of another build reloads itself. */
  readonly build: string;
  readonly board: BoardSnapshot;
  /** The newest events of the feed, oldest first. */
  readonly events: ReadonlyArray<BoardEvent>;
}

/** A tile's changed half: its figures, its sparkline, or both. */
export type TileChange = Partial<BoardTile> & Pick<BoardTile, "id">;

export interface ChangeFrame {
  readonly type: "change";
  readonly sentAtMs: number;
  readonly tiles?: ReadonlyArray<TileChange>;
  readonly leaderboards?: ReadonlyArray<Leaderboard>;
  readonly freshness?: BoardFreshness;
  /** New events, oldest first; the newest `feedLength` when there were more. */
  readonly events?: ReadonlyArray<BoardEvent>;
}

/** How many events the feed of the page holds. */
export const feedLength = 40;
