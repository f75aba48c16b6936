import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BoardDefinition } from "../board/board-definition.ts";
import type { TileData } from "../board/tile-data.ts";
import { type CelebrationEvent, feedLength, type WallFrame, type WallSnapshot } from "../board/wall-frame.ts";
import type { BoardEvent, BoardFreshness } from "../board-source.ts";

/** `gone`: the server has no such board, or does not show it to this reader. */
export type Connection = "connecting" | "connected" | "disconnected" | "paused" | "gone";

/** What of a board changes only with a snapshot. */
export interface BoardHead {
  readonly board: BoardDefinition;
  readonly etag: string;
  readonly timeZone: string;
  readonly currency: string;
}

/** One board as the page holds it. A signal for each tile, so that a change draws that tile and nothing else. */
export interface BoardStore {
  readonly connection: Signal<Connection>;
  /** When the present connection state began, by the server's clock. */
  readonly connectionSinceMs: Signal<number>;
  readonly head: Signal<BoardHead | null>;
  readonly freshness: Signal<BoardFreshness | null>;
  /** The same signal for as long as the board has the tile; undefined until its data have come. */
  readonly tile: (id: string) => ReadonlySignal<TileData | undefined>;
  /** Newest first. */
  readonly events: Signal<ReadonlyArray<BoardEvent>>;
  /** Of the newest frame alone; a frame without any leaves those of the one before. */
  readonly celebrations: Signal<ReadonlyArray<CelebrationEvent>>;
  /** The server's time, ticking with the page's clock in between. */
  readonly nowMs: Signal<number>;
  readonly apply: (frame: WallFrame) => void;
}

const newestFirst = (events: ReadonlyArray<BoardEvent>): BoardEvent[] => [...events].reverse();

const headOf = ({ board, etag, timeZone, currency }: WallSnapshot): BoardHead => ({ board, etag, timeZone, currency });

export const createBoardStore = (nowMs: number): BoardStore => {
  const store = {
    connection: signal<Connection>("connecting"),
    connectionSinceMs: signal(nowMs),
    head: signal<BoardHead | null>(null),
    freshness: signal<BoardFreshness | null>(null),
    events: signal<ReadonlyArray<BoardEvent>>([]),
    celebrations: signal<ReadonlyArray<CelebrationEvent>>([]),
    nowMs: signal(nowMs),
  };
  const tiles = new Map<string, Signal<TileData | undefined>>();
  const tile = (id: string): Signal<TileData | undefined> => {
    const known = tiles.get(id);
    if (known !== undefined) return known;
    const made = signal<TileData | undefined>(undefined);
    tiles.set(id, made);
    return made;
  };

  const takeSnapshot = (frame: WallSnapshot): void => {
    const head = headOf(frame);
    // After a cut the same board comes whole: what has not changed is not drawn again.
    if (JSON.stringify(head) !== JSON.stringify(store.head.peek())) store.head.value = head;
    store.freshness.value = frame.freshness;
    store.events.value = newestFirst(frame.events).slice(0, feedLength);
    const kept = new Set(frame.tiles.map(({ id }) => id));
    for (const [id, held] of tiles) if (!kept.has(id)) held.value = undefined;
    for (const data of frame.tiles) tile(data.id).value = data;
  };

  const apply = (frame: WallFrame): void =>
    batch(() => {
      if (frame.type === "snapshot") {
        takeSnapshot(frame);
        return;
      }
      for (const data of frame.tiles ?? []) tile(data.id).value = data;
      if (frame.freshness !== undefined) store.freshness.value = frame.freshness;
      if (frame.events !== undefined)
        store.events.value = [...newestFirst(frame.events), ...store.events.value].slice(0, feedLength);
      if (frame.celebrations !== undefined) store.celebrations.value = frame.celebrations;
    });

  return { ...store, tile, apply };
};
