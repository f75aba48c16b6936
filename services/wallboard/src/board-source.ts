import type { BoardDefinition, TileDefinition } from "./board/board-definition.ts";
import type { CelebrationEvent } from "./board/celebration-event.ts";
import type { TileData } from "./board/tile-data.ts";

/**
 * What a wallboard needs from the engine: the port that the live boards implement. Values are those of
 * `npx leadwire kpi --json`: ratios 0..1, durations in seconds, money in integer minor units with its currency.
 */

/** How far the numbers can be trusted right now. */
export interface BoardFreshness {
  /** `stale`: no task has been heard of for longer than its heartbeat allows. */
  readonly state: "live" | "catching_up" | "stale";
  /** The newest event time up to which nothing is missing; null before the first event. */
  readonly completeThroughMs: number | null;
  /** Events in the log that are not applied yet. */
  readonly behindEvents: number;
  /** Parts of earlier numbers that are being told again; absent when all are there. */
  readonly partsToGo?: number;
}

export type BoardEventKind =
  | "lead_created"
  | "responded"
  | "activity"
  | "stage_entered"
  | "won"
  | "lost"
  | "no_decision"
  | "reopened"
  | "spend"
  | "corrected"
  | "other";

/** One line of the feed: what happened, without a sentence, so that any language can show it. */
export interface BoardEvent {
  /** Rises with every event of the feed; from 1. */
  readonly seq: number;
  readonly occurredAtMs: number;
  readonly kind: BoardEventKind;
  /** Whom or what it is about: a lead, a deal, a channel. */
  readonly subject: string;
  readonly by?: string;
  /** A channel, a stage, a kind of activity, a product. */
  readonly detail?: string;
  readonly amountMinor?: number;
  readonly currency?: string;
  /** Set when the event reached the log this long after it happened, and later than the workspace's grace. */
  readonly lateByMs?: number;
}

/** A board as it is now. */
export interface BoardNow {
  readonly board: BoardDefinition;
  /** Of the board's file. */
  readonly etag: string;
  /** IANA zone of the workspace. */
  readonly timeZone: string;
  readonly currency: string;
  readonly freshness: BoardFreshness;
  /** In the order of the definition; what has not changed is the same object as before. */
  readonly tiles: ReadonlyArray<TileData>;
}

/** One board, for as long as somebody watches it and a while longer. */
export interface BoardSource {
  /** Called at most once per frame and only while someone watches: it may compute. Undefined: the board is gone. */
  readonly now: () => BoardNow | undefined;
  /** Events of the board's feeds above `sinceSeq`, oldest first. 0 asks for all that are kept. */
  readonly events: (sinceSeq: number) => ReadonlyArray<BoardEvent>;
  /** What is to be celebrated since the last call. */
  readonly celebrations: () => ReadonlyArray<CelebrationEvent>;
  /**
   * Calls the listener after any change, also when time alone moves a window or the freshness; at most once per batch
   * of changes. The listener never throws and returns at once. Returns the function that ends the subscription.
   */
  readonly subscribe: (listener: () => void) => () => void;
  /** Nobody has watched for a while: nothing is remembered any more. */
  readonly end: () => void;
}

/** What a tile would show that no board has (yet), or why it can stand on none. */
export type TilePreview = { readonly data: TileData } | { readonly reasons: ReadonlyArray<string> };

/** All boards there are. */
export interface WallSource {
  readonly has: (boardId: string) => boolean;
  /** Undefined where there is no such board. */
  readonly open: (boardId: string) => BoardSource | undefined;
  /** For an editor that asks every few seconds. */
  readonly preview: (tile: TileDefinition) => TilePreview;
}
