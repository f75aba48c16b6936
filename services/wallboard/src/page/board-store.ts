import { batch, type Signal, signal } from "@preact/signals";
import { type BoardFrame, feedLength } from "../board-frame.ts";
import type { BoardEvent, BoardFreshness, BoardSnapshot, BoardTile, Leaderboard } from "../board-source.ts";

export type Connection = "connecting" | "connected" | "disconnected" | "paused";

/** What of the board changes only with a snapshot. */
export type BoardHead = Pick<BoardSnapshot, "title" | "locale" | "timeZone">;

/** The page's state. One signal per tile, so that a change draws that tile and nothing else. */
export interface BoardStore {
  readonly connection: Signal<Connection>;
  /** When the present connection state began, by the server's clock. */
  readonly connectionSinceMs: Signal<number>;
  readonly head: Signal<BoardHead | null>;
  readonly freshness: Signal<BoardFreshness | null>;
  readonly tiles: Signal<ReadonlyArray<Signal<BoardTile>>>;
  readonly leaderboards: Signal<ReadonlyArray<Leaderboard>>;
  /** Newest first. */
  readonly feed: Signal<ReadonlyArray<BoardEvent>>;
  /** The server's time, ticking with the page's clock in between. */
  readonly nowMs: Signal<number>;
  readonly apply: (frame: BoardFrame) => void;
}

const newestFirst = (events: ReadonlyArray<BoardEvent>): BoardEvent[] => [...events].reverse();

export const createBoardStore = (nowMs: number): BoardStore => {
  const store = {
    connection: signal<Connection>("connecting"),
    connectionSinceMs: signal(nowMs),
    head: signal<BoardHead | null>(null),
    freshness: signal<BoardFreshness | null>(null),
    tiles: signal<ReadonlyArray<Signal<BoardTile>>>([]),
    leaderboards: signal<ReadonlyArray<Leaderboard>>([]),
    feed: signal<ReadonlyArray<BoardEvent>>([]),
    nowMs: signal(nowMs),
  };
  const byId = new Map<string, Signal<BoardTile>>();

  const takeTiles = (tiles: ReadonlyArray<BoardTile>): void => {
    const same = tiles.length === store.tiles.value.length;
    const kept = tiles.map((tile) => {
      const known = byId.get(tile.id);
      if (known === undefined) return signal(tile);
      known.value = tile;
      return known;
    });
    byId.clear();
    tiles.forEach((tile, index) => {
      const own = kept[index];
      if (own !== undefined) byId.set(tile.id, own);
    });
    if (!same || kept.some((tile, index) => tile !== store.tiles.value[index])) store.tiles.value = kept;
  };

  const apply = (frame: BoardFrame): void =>
    batch(() => {
      if (frame.type === "snapshot") {
        const { title, locale, timeZone } = frame.board;
        store.head.value = { title, locale, timeZone };
        store.freshness.value = frame.board.freshness;
        store.leaderboards.value = frame.board.leaderboards;
        store.feed.value = newestFirst(frame.events);
        takeTiles(frame.board.tiles);
        return;
      }
      for (const change of frame.tiles ?? []) {
        const tile = byId.get(change.id);
        if (tile !== undefined) tile.value = { ...tile.value, ...change };
      }
      if (frame.freshness !== undefined) store.freshness.value = frame.freshness;
      if (frame.leaderboards !== undefined) store.leaderboards.value = frame.leaderboards;
      if (frame.events !== undefined)
        store.feed.value = [...newestFirst(frame.events), ...store.feed.value].slice(0, feedLength);
    });

  return { ...store, apply };
};
