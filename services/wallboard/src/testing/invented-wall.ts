import { catalogue } from "@leadwire/kpis/catalogue";
import type { TileDefinition } from "../board/board-definition.ts";
import type { TileData } from "../board/tile-data.ts";
import type { CelebrationEvent } from "../board/wall-frame.ts";
import { checkTile } from "../board-file/check-tile.ts";
import type { BoardEvent, BoardEventKind, BoardFreshness, BoardNow, BoardSource, WallSource } from "../board-source.ts";
import { companies, inventTile, nudgeTile, reps } from "./invented-tile.ts";
import { seeded } from "./seeded.ts";

const kinds: ReadonlyArray<BoardEventKind> = [
  "lead_created",
  "responded",
  "won",
  "stage_entered",
  "lead_created",
  "lost",
  "responded",
  "reopened",
];
const details: Readonly<Partial<Record<BoardEventKind, string>>> = {
  lead_created: "google-ads",
  responded: "call",
  stage_entered: "proposal",
  won: "GTX Pro",
};

/** The invented company behind all boards: whatever a board asks for, it has an answer, and the test moves it. */
export interface InventedWall extends WallSource {
  /** Lets `count` events happen at `atMs`: numbers move, the feed grows; listeners are told once. */
  readonly happen: (count: number, atMs: number) => void;
  readonly setFreshness: (freshness: BoardFreshness) => void;
  /** A tile of the test's own making, in the place of the one with its id. */
  readonly setTile: (boardId: string, data: TileData) => void;
  /** One event of the test's own making. */
  readonly tell: (event: Omit<BoardEvent, "seq">) => void;
  readonly celebrate: (celebration: CelebrationEvent) => void;
  /** The tiles of a board as they are now. */
  readonly tiles: (boardId: string) => ReadonlyArray<TileData>;
  /** Something outside of the company has changed, such as a board's file. */
  readonly announce: () => void;
  readonly listeners: () => number;
}

interface Held {
  readonly key: string;
  readonly data: TileData;
}

/** What the data of a tile depend on: not where it stands, nor what it is called. */
const keyOf = ({ place: _, title: __, ...asked }: TileDefinition): string => JSON.stringify(asked);

export const createInventedWall = (
  boards: () => ReadonlyMap<string, Pick<BoardNow, "board" | "etag">>,
  startMs: number,
  seed = 1,
): InventedWall => {
  const random = seeded(seed);
  const listeners = new Set<() => void>();
  const held = new Map<string, Held>();
  let events: ReadonlyArray<BoardEvent> = [];
  let celebrations: ReadonlyArray<{ readonly at: number; readonly event: CelebrationEvent }> = [];
  let celebrated = 0;
  let seq = 0;
  let nowMs = startMs;
  let freshness: BoardFreshness = { state: "live", completeThroughMs: startMs, behindEvents: 0 };

  const pick = <Item>(from: ReadonlyArray<Item>): Item => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new Error("Nothing to pick from.");
    return found;
  };
  const announce = (): void => {
    for (const listener of listeners) listener();
  };
  const tileOf = (boardId: string, tile: TileDefinition): TileData => {
    const name = `${boardId} ${tile.id}`;
    const key = keyOf(tile);
    const known = held.get(name);
    if (known?.key === key) return known.data;
    const data = inventTile(tile, nowMs, random);
    held.set(name, { key, data });
    return data;
  };
  const tiles = (boardId: string): ReadonlyArray<TileData> =>
    boards()
      .get(boardId)
      ?.board.tiles.map((tile) => tileOf(boardId, tile)) ?? [];
  const add = (made: ReadonlyArray<Omit<BoardEvent, "seq">>): void => {
    events = [...events, ...made.map((event) => ({ ...event, seq: ++seq }))].slice(-50);
  };
  const invent = (occurredAtMs: number): Omit<BoardEvent, "seq"> => {
    const kind = pick(kinds);
    const detail = details[kind];
    const isWorth = kind === "won" || kind === "stage_entered";
    return {
      occurredAtMs,
      kind,
      subject: pick(companies),
      by: pick(reps),
      ...(detail === undefined ? {} : { detail }),
      ...(isWorth ? { amountMinor: Math.floor(random() * 4_000_000) + 90_000, currency: "EUR" } : {}),
      ...(random() < 0.06 ? { lateByMs: 3 * 3_600_000 + 840_000 } : {}),
    };
  };
  /** Counts move with every event; of the rest, two tiles do. */
  const move = (count: number): void => {
    const names = [...held.keys()];
    if (names.length === 0) return;
    const chosen = new Set([pick(names), pick(names)]);
    for (const [name, { key, data }] of held) {
      const isCount = data.type === "number" && data.unit === "leads";
      if (!isCount && !chosen.has(name)) continue;
      const times = isCount ? count : 1;
      const moved = Array.from({ length: times }).reduce<TileData>((now) => nudgeTile(now, nowMs, random), data);
      held.set(name, { key, data: moved });
    }
  };
  const open = (boardId: string): BoardSource | undefined => {
    if (!boards().has(boardId)) return undefined;
    let told = celebrated;
    return {
      now: () => {
        const shelved = boards().get(boardId);
        if (shelved === undefined) return undefined;
        const { board, etag } = shelved;
        return { board, etag, timeZone: "Europe/Bucharest", currency: "EUR", freshness, tiles: tiles(boardId) };
      },
      events: (sinceSeq) => events.filter((event) => event.seq > sinceSeq),
      celebrations: () => {
        const fresh = celebrations.filter(({ at }) => at > told).map(({ event }) => event);
        told = celebrated;
        return fresh;
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      end: () => undefined,
    };
  };
  return {
    has: (boardId) => boards().has(boardId),
    open,
    preview: (tile) => {
      const checked = checkTile(tile, { catalogue, currency: "EUR" });
      return checked._tag === "Left" ? { reasons: checked.left } : { data: inventTile(checked.right, nowMs, random) };
    },
    tiles,
    happen: (count, atMs) => {
      nowMs = atMs;
      add(Array.from({ length: count }, (_, index) => invent(atMs - (count - 1 - index) * 400)));
      move(count);
      freshness = { ...freshness, completeThroughMs: atMs };
      announce();
    },
    setFreshness: (next) => {
      freshness = next;
      announce();
    },
    setTile: (boardId, data) => {
      const tile = boards()
        .get(boardId)
        ?.board.tiles.find(({ id }) => id === data.id);
      if (tile === undefined) throw new Error(`The board ${boardId} has no tile ${data.id}.`);
      held.set(`${boardId} ${data.id}`, { key: keyOf(tile), data });
      announce();
    },
    tell: (event) => {
      add([event]);
      announce();
    },
    celebrate: (event) => {
      celebrations = [...celebrations, { at: ++celebrated, event }];
      announce();
    },
    announce,
    listeners: () => listeners.size,
  };
};
