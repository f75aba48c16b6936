import { readdirSync, readFileSync } from "node:fs";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import type { BoardDefinition } from "../board/board-definition.ts";
import type { TileData } from "../board/tile-data.ts";
import type { CelebrationEvent, WallChange, WallFrame, WallSnapshot } from "../board/wall-frame.ts";
import { parseBoard } from "../board-file/board-lines.ts";
import type { BoardEvent, BoardEventKind, BoardFreshness } from "../board-source.ts";
import { companies, inventTile, nudgeTile, reps } from "./invented-tile.ts";
import { seeded } from "./seeded.ts";

const folder = new URL("../../boards/", import.meta.url);
const context = { catalogue, currency: "EUR" };

/** The boards that come with the product. */
export const builtInBoards = (): ReadonlyMap<string, BoardDefinition> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml") && name !== "slideshows.yaml")
      .sort()
      .map((name) => {
        const id = name.replace(".yaml", "");
        const board = parseBoard(id, readFileSync(new URL(name, folder), "utf8"), context);
        if (isLeft(board)) throw new Error(`The built-in board ${name} cannot be read.`);
        return [id, board.right];
      }),
  );

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

/** One invented board that moves. */
export interface InventedWall {
  readonly snapshot: (sentAtMs: number) => WallSnapshot;
  readonly subscribe: (listener: (frame: WallFrame) => void) => () => void;
  /** Lets `count` events happen at `atMs`: numbers move, the feed grows; listeners are told once. */
  readonly happen: (count: number, atMs: number) => void;
  readonly setFreshness: (freshness: BoardFreshness, sentAtMs: number) => void;
  /** Tiles of the test's own making. */
  readonly setTiles: (tiles: ReadonlyArray<TileData>, sentAtMs: number) => void;
  readonly tell: (events: ReadonlyArray<Omit<BoardEvent, "seq">>, sentAtMs: number) => void;
  readonly celebrate: (celebration: CelebrationEvent, sentAtMs: number) => void;
  readonly listeners: () => number;
}

export const createInventedWall = (board: BoardDefinition, build: string, startMs: number, seed = 1): InventedWall => {
  const random = seeded(seed);
  const listeners = new Set<(frame: WallFrame) => void>();
  const tiles = new Map(board.tiles.map((tile) => [tile.id, inventTile(tile, startMs, random)]));
  let events: ReadonlyArray<BoardEvent> = [];
  let seq = 0;
  let freshness: BoardFreshness = { state: "live", completeThroughMs: startMs, behindEvents: 0 };
  const pick = <Item>(from: ReadonlyArray<Item>): Item => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new Error("Nothing to pick from.");
    return found;
  };
  const send = (sentAtMs: number, change: Omit<WallChange, "type" | "sentAtMs">): void => {
    for (const listener of listeners) listener({ type: "change", sentAtMs, ...change });
  };
  const add = (made: ReadonlyArray<Omit<BoardEvent, "seq">>): ReadonlyArray<BoardEvent> => {
    const added = made.map((event) => ({ ...event, seq: ++seq }));
    events = [...events, ...added].slice(-40);
    return added;
  };
  const invent = (occurredAtMs: number): Omit<BoardEvent, "seq"> => {
    const kind = pick(kinds);
    const detail = details[kind];
    return {
      occurredAtMs,
      kind,
      subject: pick(companies),
      by: pick(reps),
      ...(detail === undefined ? {} : { detail }),
      ...(kind === "won" || kind === "stage_entered"
        ? { amountMinor: Math.floor(random() * 4_000_000) + 90_000, currency: "EUR" }
        : {}),
      ...(random() < 0.06 ? { lateByMs: 3 * 3_600_000 + 840_000 } : {}),
    };
  };
  return {
    snapshot: (sentAtMs) => ({
      type: "snapshot",
      sentAtMs,
      build,
      board,
      etag: '"invented"',
      timeZone: "Europe/Bucharest",
      currency: "EUR",
      freshness,
      tiles: [...tiles.values()],
      events,
    }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    happen: (count, atMs) => {
      const added = add(Array.from({ length: count }, (_, index) => invent(atMs - (count - index) * 400)));
      const chosen = new Set([pick([...tiles.keys()]), pick([...tiles.keys()]), "unanswered"]);
      const changed = [...tiles.values()]
        .filter(({ id }) => chosen.has(id))
        .map((data) => nudgeTile(data, atMs, random));
      for (const data of changed) tiles.set(data.id, data);
      freshness = { ...freshness, completeThroughMs: atMs };
      send(atMs, { tiles: changed, events: added, freshness });
    },
    setFreshness: (next, sentAtMs) => {
      freshness = next;
      send(sentAtMs, { freshness });
    },
    setTiles: (made, sentAtMs) => {
      for (const data of made) tiles.set(data.id, data);
      send(sentAtMs, { tiles: made });
    },
    tell: (made, sentAtMs) => send(sentAtMs, { events: add(made) }),
    celebrate: (celebration, sentAtMs) => send(sentAtMs, { celebrations: [celebration] }),
    listeners: () => listeners.size,
  };
};
