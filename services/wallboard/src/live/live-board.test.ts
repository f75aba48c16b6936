import { defaultWorkspace } from "@leadwire/funnel";
import type { KpiAnswer } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { LiveChange, LiveState } from "@leadwire/stream";
import { expect, test } from "vitest";
import type { BoardDefinition, TileDefinition } from "../board/board-definition.ts";
import type { ShelvedBoard } from "../board-file/board-shelf.ts";
import { createPlayedTimer } from "../testing/played-timer.ts";
import { createLiveWall } from "./live-wall.ts";
import type { BoardView } from "./tile-source.ts";

const startMs = Date.parse("2026-03-20T10:30:15Z");
const place = { column: 0, row: 0, columns: 1, rows: 1 };
const number = (id: string, metric: string, window: string): TileDefinition => ({
  id,
  type: "number",
  place,
  metric,
  window,
  where: [],
  compare: "none",
  course: "none",
  format: {},
});
/** Held against a plan, which only facts have. */
const planned = number("quota", "quota_attainment", "month");
const boardOf = (tiles: ReadonlyArray<TileDefinition>, title = "B"): BoardDefinition => ({
  id: "b",
  title,
  theme: "auto",
  celebrate: { targets: true, sound: false },
  tiles,
});

/** A wall over an empty company at a time that is played, which counts what is asked of it. */
const setUp = (first: ReadonlyArray<TileDefinition>) => {
  const timer = createPlayedTimer(startMs);
  const state = new LiveState({ workspace: defaultWorkspace, catalogue, tasks: [] });
  const listeners = new Set<(change: LiveChange) => void>();
  const shelfListeners = new Set<() => void>();
  const asked = { slices: 0, facts: [] as Array<number> };
  const view: BoardView = {
    state,
    plan: (question) => state.plan(question),
    answer: (plan) => {
      asked.slices += 1;
      return state.answer(plan, timer.nowMs());
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    freshness: () => ({ state: "live", completeThroughMs: null, behindRecords: 0 }),
    noteActivity: () => undefined,
  };
  let shelved: ShelvedBoard | undefined = { board: boardOf(first), etag: '"1"', builtIn: false };
  const wall = createLiveWall({
    view,
    catalogue,
    workspace: defaultWorkspace,
    eventFeed: {
      events: () => [
        { seq: 1, kind: "won", subject: "D", occurredAtMs: startMs },
        { seq: 2, kind: "lost", subject: "E", occurredAtMs: startMs },
      ],
      wins: () => [],
      onChange: () => () => undefined,
      onActivity: () => undefined,
    },
    shelf: {
      boards: () => new Map(shelved === undefined ? [] : [["b", shelved]]),
      onChange: (listener) => {
        shelfListeners.add(listener);
        return () => void shelfListeners.delete(listener);
      },
    },
    askFacts: async ({ atMs }) => {
      asked.facts.push(atMs);
      const window = { from: null, to: null };
      const told = { formula_version: 1, complete_through: null, flags: [], window, group: {} };
      return [{ metric: "quota_attainment", value: 0.5, unit: "ratio", ...told } satisfies KpiAnswer];
    },
    nowMs: timer.nowMs,
    after: timer.after,
  });
  const source = wall.open("b");
  if (source === undefined) throw new Error("there is no board");
  const change = (measure: string): void => {
    const told = new LiveChange();
    told.fromDayMs.set(measure, startMs);
    told.fromHourMs.set(measure, startMs);
    for (const listener of listeners) listener(told);
  };
  const save = (board: BoardDefinition | undefined): void => {
    shelved = board && { board, etag: `"${board.title}"`, builtIn: false };
    for (const listener of shelfListeners) listener();
  };
  return { timer, source, asked, change, save, listening: () => listeners.size + shelfListeners.size };
};

const leads = number("leads", "new_leads", "30d");

test("a tile asks slices again when its measures change or a minute has passed, and for nothing else", () => {
  const { timer, source, asked, change } = setUp([leads]);
  const first = source.now()?.tiles[0];
  expect(asked.slices).toBe(1);
  expect(source.now()?.tiles[0]).toBe(first);
  change("deals_won");
  expect([source.now()?.tiles[0], asked.slices]).toEqual([first, 1]);
  change("leads_created");
  source.now();
  expect(asked.slices).toBe(2);
  timer.advance(60_000);
  source.now();
  expect(asked.slices).toBe(3);
});

test("a changed file keeps the tiles that stayed as they were, wherever they stand now", () => {
  const { source, asked, save } = setUp([leads]);
  const before = source.now()?.tiles[0];
  const moved = { ...leads, place: { ...place, column: 5 } };
  save(boardOf([number("won", "win_rate", "30d"), moved], "Changed"));
  const now = source.now();
  expect([now?.board.title, now?.etag]).toEqual(["Changed", '"Changed"']);
  expect(now?.tiles.map(({ id }) => id)).toEqual(["won", "leads"]);
  expect(now?.tiles[1]).toBe(before);
  const slicesBefore = asked.slices;
  save(boardOf([{ ...leads, window: "7d" } as TileDefinition], "Again"));
  source.now();
  expect(asked.slices).toBe(slicesBefore + 1);
  save(undefined);
  expect(source.now()).toBeUndefined();
});

test("facts are asked every 15 s while somebody watches, without any other change, and not at all otherwise", async () => {
  const { timer, source, asked } = setUp([planned]);
  let told = 0;
  const stop = source.subscribe(() => {
    told += 1;
    source.now();
  });
  expect(source.now()?.tiles[0]).toMatchObject({ source: "asked", reason: "asking" });
  await expect.poll(() => told).toBe(1);
  expect(source.now()?.tiles[0]).toMatchObject({ source: "asked", askedAtMs: startMs, value: 0.5 });
  timer.advance(14_000);
  expect(asked.facts).toHaveLength(1);
  timer.advance(2_000);
  expect(asked.facts).toHaveLength(2);
  stop();
  timer.advance(600_000);
  expect(asked.facts).toHaveLength(2);
});

test("listeners are told when a minute begins, though nothing else happens", () => {
  const { timer, source } = setUp([leads]);
  let told = 0;
  source.subscribe(() => {
    told += 1;
  });
  timer.advance(1_000);
  const first = told;
  timer.advance(30_000);
  expect(told).toBe(first);
  timer.advance(15_000);
  expect(told).toBe(first + 1);
});

test("a board's feed holds what its feed tiles show, and none where it has none", () => {
  const feed = (kinds: ReadonlyArray<string>): TileDefinition => ({
    id: `f${kinds.length}`,
    type: "feed",
    place,
    kinds,
  });
  const kindsOf = (tiles: ReadonlyArray<TileDefinition>): ReadonlyArray<string> => {
    const { source } = setUp(tiles);
    source.now();
    return source.events(0).map(({ kind }) => kind);
  };
  expect(kindsOf([leads])).toEqual([]);
  expect(kindsOf([feed(["won"])])).toEqual(["won"]);
  expect(kindsOf([feed(["won"]), feed([])])).toEqual(["won", "lost"]);
});

test("a board that was let go hears of nothing any more", () => {
  const { source, listening } = setUp([leads, planned]);
  source.now();
  const before = listening();
  source.end();
  expect(listening()).toBe(before - 2);
});
