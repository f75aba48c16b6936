import { describe, expect, test } from "vitest";
import type { BoardSnapshot } from "./board-source.ts";
import { createBoardState } from "./board-state.ts";
import { createFakeSource } from "./testing/fake-source.ts";

const source = createFakeSource(1_000);
const board = source.snapshot();

/** The same board with other figures in one tile. */
const withTile = (index: number, patch: object): BoardSnapshot => ({
  ...board,
  tiles: board.tiles.map((tile, at) => (at === index ? { ...tile, ...patch } : tile)),
});

describe("board state", () => {
  test("has nothing to send before the first update", () => {
    expect(createBoardState("b").frameSince(null, 1)).toBeNull();
  });

  test("sends the whole board first, with its build and clock", () => {
    const state = createBoardState("b1");
    state.update(board, []);
    expect(state.frameSince(null, 42)).toEqual({ type: "snapshot", sentAtMs: 42, build: "b1", board, events: [] });
  });

  test("sends nothing when nothing changed", () => {
    const state = createBoardState("b");
    state.update(board, []);
    expect(state.update(structuredClone(board), [])).toBe(false);
    expect(state.frameSince(state.revision(), 1)).toBeNull();
  });

  test("sends only the tile that changed, and not its sparkline when that stayed", () => {
    const state = createBoardState("b");
    state.update(board, []);
    state.update(withTile(2, { value: 0.7 }), []);
    const { sparkline: _, ...figures } = { ...board.tiles[2], value: 0.7 };
    expect(state.frameSince(1, 9)).toEqual({ type: "change", sentAtMs: 9, tiles: [figures] });
  });

  test("sends only the sparkline when only that moved", () => {
    const state = createBoardState("b");
    state.update(board, []);
    state.update(withTile(0, { sparkline: [1, null, 3] }), []);
    expect(state.frameSince(1, 9)).toEqual({
      type: "change",
      sentAtMs: 9,
      tiles: [{ id: board.tiles[0]?.id, sparkline: [1, null, 3] }],
    });
  });

  test("covers every skipped revision in one change for a client that was away", () => {
    const state = createBoardState("b");
    state.update(board, []);
    state.update(withTile(0, { value: 1 }), []);
    state.update({ ...withTile(0, { value: 2 }), freshness: { ...board.freshness, state: "stale" } }, []);
    const frame = state.frameSince(1, 9);
    expect(frame).toMatchObject({ tiles: [{ value: 2 }], freshness: { state: "stale" } });
  });

  test("sends the whole board when the set of tiles differs", () => {
    const state = createBoardState("b");
    state.update(board, []);
    state.update({ ...board, tiles: board.tiles.slice(1) }, []);
    expect(state.frameSince(1, 9)?.type).toBe("snapshot");
  });

  test("sends the whole board when a tile lost a field, which a change could not say", () => {
    const state = createBoardState("b");
    state.update(board, []);
    const tiles = board.tiles.map(({ count: _, ...tile }) => tile);
    state.update({ ...board, tiles }, []);
    expect(state.frameSince(1, 9)).toMatchObject({ type: "snapshot", board: { tiles } });
  });

  test("sends the whole board to a client that has seen a revision from the future", () => {
    const state = createBoardState("b");
    state.update(board, []);
    expect(state.frameSince(7, 9)?.type).toBe("snapshot");
  });

  test("keeps the newest events of the feed only, and tells which to ask for next", () => {
    const feed = createFakeSource(0);
    feed.happen(50, 5);
    const state = createBoardState("b");
    state.update(board, feed.events(0));
    const frame = state.frameSince(null, 1);
    expect(frame?.events).toHaveLength(40);
    expect(frame?.events?.at(-1)?.seq).toBe(50);
    expect(state.eventSeq()).toBe(50);
  });
});
