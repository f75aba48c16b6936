import type { BoardEvent, BoardFreshness } from "../board-source.ts";
import type { BoardDefinition } from "./board-definition.ts";
import type { CelebrationEvent } from "./celebration-event.ts";
import type { TileData } from "./tile-data.ts";

export type { CelebrationEvent } from "./celebration-event.ts";

/**
 * What travels to the page: a snapshot first, then only what changed. A change is absolute, never a delta: any number of
 * changes may be skipped as long as the next one covers them, which is how a slow client catches up.
 */
export type WallFrame = WallSnapshot | WallChange;

export interface WallSnapshot {
  readonly type: "snapshot";
  /** The server's clock when the frame was made. */
  readonly sentAtMs: number;
  /** The build that this server serves: a page of another build reloads itself. */
  readonly build: string;
  readonly board: BoardDefinition;
  /** Of the board's file: what an editor has to name when saving. */
  readonly etag: string;
  /** IANA zone of the workspace: every time on the page is shown in it. */
  readonly timeZone: string;
  readonly currency: string;
  readonly freshness: BoardFreshness;
  /** In the order of the definition. */
  readonly tiles: ReadonlyArray<TileData>;
  /** The newest events of the feed, oldest first; none on a board without a feed. */
  readonly events: ReadonlyArray<BoardEvent>;
}

export interface WallChange {
  readonly type: "change";
  readonly sentAtMs: number;
  /** Whole tiles that changed. */
  readonly tiles?: ReadonlyArray<TileData>;
  readonly freshness?: BoardFreshness;
  /** New events, oldest first. */
  readonly events?: ReadonlyArray<BoardEvent>;
  /** What is to be celebrated: only what was appended live a moment ago. Not repeated to a client that resumes. */
  readonly celebrations?: ReadonlyArray<CelebrationEvent>;
}

/** How many events of the feed a page holds. */
export const feedLength = 50;
