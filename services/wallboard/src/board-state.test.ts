import { describe, expect, test } from "vitest";
import type { TileData } from "./board/tile-data.ts";
import { type CelebrationEvent, feedLength } from "./board/wall-frame.ts";
import type { BoardNow } from "./board-source.ts";
import { createBoardState } from "./board-state.ts";
import { createFakeWall } from "./testing/fake-wall.ts";

const now = createFakeWall(1_000).open("company")?.now() as BoardNow;
const first = now.tiles[0] as TileData;
const none = (): [] => [];

const started = (build = "b") => {
  const state = createBoardState(build);
  state.update(now, none, [], 1_000);
  return state;
};
const withFirst = (patch: Partial<TileData>): BoardNow => ({
  ...now,
  tiles: now.tiles.map((tile) => (tile === first ? ({ ...tile, ...patch } as TileData) : tile)),
});
const unstamped = (tiles: ReadonlyArray<TileData> | undefined) =>
  tiles?.map((tile) => ({ ...tile, changedAtMs: null }));

describe("board state", () => {
  test("has nothing to send before the first update", () => {
    expect(createBoardState("b").frameSince(null, 1)).toBeNull();
  });

  test("sends the whole board first, with its build and clock; of no tile is known when it changed", () => {
    const frame = started("b1").frameSince(null, 42);
    expect(frame).toEqual({
      type: "snapshot",
      sentAtMs: 42,
      build: "b1",
      ...now,
      tiles: unstamped(now.tiles),
      events: [],
    });
  });

  test("sends nothing when nothing changed", () => {
    const state = started();
    expect(state.update({ ...now, tiles: structuredClone(now.tiles) }, none, [], 2_000)).toBe(false);
    expect(state.frameSince(state.revision(), 1)).toBeNull();
  });

  test("sends only the tile that changed, and when it did", () => {
    const state = started();
    state.update(withFirst({ flags: ["small_sample"] }), none, [], 5_000);
    expect(state.frameSince(1, 9)).toEqual({
      type: "change",
      sentAtMs: 9,
      tiles: [{ ...first, flags: ["small_sample"], changedAtMs: 5_000 }],
    });
  });

  test("that facts were asked again is told, and is no change of the number", () => {
    const state = started();
    state.update(withFirst({ source: "asked", askedAtMs: 1 }), none, [], 2_000);
    state.update(withFirst({ source: "asked", askedAtMs: 15_001 }), none, [], 17_000);
    expect(state.frameSince(2, 9)).toMatchObject({ tiles: [{ askedAtMs: 15_001, changedAtMs: 2_000 }] });
  });

  test("covers every skipped revision in one change for a client that was away", () => {
    const state = started();
    state.update(withFirst({ flags: ["a"] }), none, [], 2_000);
    state.update({ ...withFirst({ flags: ["b"] }), freshness: { ...now.freshness, state: "stale" } }, none, [], 3_000);
    expect(state.frameSince(1, 9)).toMatchObject({ tiles: [{ flags: ["b"] }], freshness: { state: "stale" } });
  });

  test("sends the whole board when its definition is another one, with the feed of that", () => {
    const state = started();
    const asked: Array<number> = [];
    const events = (since: number): [] => {
      asked.push(since);
      return [];
    };
    state.update({ ...now, board: { ...now.board, title: "Other" }, etag: '"2"' }, events, [], 2_000);
    expect(state.frameSince(1, 9)).toMatchObject({ type: "snapshot", board: { title: "Other" }, etag: '"2"' });
    expect(asked).toEqual([0]);
  });

  test("sends the whole board to a client that has seen a revision from the future", () => {
    expect(started().frameSince(7, 9)?.type).toBe("snapshot");
  });

  test("keeps the newest events of the feed only, and asks for those behind them", () => {
    const made = Array.from({ length: 60 }, (_, n) => ({
      seq: n + 1,
      occurredAtMs: n,
      kind: "won" as const,
      subject: "L",
    }));
    const state = createBoardState("b");
    const asked: Array<number> = [];
    const since = (seq: number) => {
      asked.push(seq);
      return made.filter((event) => event.seq > seq);
    };
    state.update(now, since, [], 1);
    state.update(now, since, [], 2);
    const frame = state.frameSince(null, 1);
    expect(frame?.events).toHaveLength(feedLength);
    expect(frame?.events?.at(-1)?.seq).toBe(60);
    expect(asked).toEqual([0, 60]);
  });

  test("a celebration reaches those who watch, also one that was slow for a moment, and nobody who comes later", () => {
    const won: CelebrationEvent = { kind: "won", id: "x", deal: "D", owner: "ana", amountMinor: 1, currency: "EUR" };
    const state = started();
    state.update(now, none, [won], 20_000);
    expect(state.frameSince(1, 20_000)).toMatchObject({ celebrations: [won] });
    expect(state.frameSince(1, 29_999)).toMatchObject({ celebrations: [won] });
    expect(state.frameSince(1, 30_000)).not.toHaveProperty("celebrations");
    expect(state.frameSince(null, 20_000)).not.toHaveProperty("celebrations");
    expect(state.frameSince(2, 20_000)).toBeNull();
  });
});
