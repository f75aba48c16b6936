import fc from "fast-check";
import { expect, test } from "vitest";
import type { TextTile, TilePlace } from "../../board/board-definition.ts";
import { isOnGrid, overlap } from "../../board/board-grid.ts";
import { arrange, freePlace } from "./arrange.ts";

const tile = (id: string, place: TilePlace): TextTile => ({ id, place, type: "text", text: "", size: "small" });
const place = fc.record({
  column: fc.integer({ min: -3, max: 14 }),
  row: fc.integer({ min: -3, max: 62 }),
  columns: fc.integer({ min: -1, max: 14 }),
  rows: fc.integer({ min: -1, max: 12 }),
});
const size = fc.record({ columns: fc.integer({ min: 1, max: 12 }), rows: fc.integer({ min: 1, max: 6 }) });
/** A board that somebody has filled, one tile after another. */
const board = fc.array(size, { minLength: 1, maxLength: 12 }).map((sizes) => {
  const tiles: TextTile[] = [];
  for (const [index, { columns, rows }] of sizes.entries()) {
    const free = freePlace(tiles, columns, rows);
    if (free !== null) tiles.push(tile(`t${index}`, free));
  }
  return tiles;
});
const placesOf = (tiles: ReadonlyArray<{ readonly id: string; readonly place: TilePlace }>) =>
  tiles.map(({ id, place: at }) => [id, at] as const);

test("wherever a tile is put, all tiles are on the grid and none lies on another", () => {
  fc.assert(
    fc.property(board, fc.nat(), place, (tiles, pick, wanted) => {
      const moved = tiles[pick % tiles.length];
      const after = arrange(tiles, moved?.id ?? "", wanted);
      expect(after.map(({ id }) => id)).toEqual(tiles.map(({ id }) => id));
      for (const [index, one] of after.entries()) {
        expect(isOnGrid(one.place)).toBe(true);
        for (const other of after.slice(index + 1)) expect(overlap(one.place, other.place)).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

test("only the tile itself changes its size", () => {
  fc.assert(
    fc.property(board, fc.nat(), place, (tiles, pick, wanted) => {
      const id = tiles[pick % tiles.length]?.id ?? "";
      const sizes = (all: ReadonlyArray<{ readonly id: string; readonly place: TilePlace }>) =>
        all.filter((one) => one.id !== id).map((one) => [one.place.columns, one.place.rows]);
      expect(sizes(arrange(tiles, id, wanted))).toEqual(sizes(tiles));
    }),
  );
});

test("a tile that goes to a free place moves nobody else", () => {
  const tiles = [
    tile("a", { column: 0, row: 0, columns: 3, rows: 3 }),
    tile("b", { column: 3, row: 0, columns: 3, rows: 3 }),
  ];
  expect(placesOf(arrange(tiles, "a", { column: 8, row: 4, columns: 3, rows: 3 }))).toEqual([
    ["a", { column: 8, row: 4, columns: 3, rows: 3 }],
    ["b", { column: 3, row: 0, columns: 3, rows: 3 }],
  ]);
});

test("a tile put onto another changes places with it where that fits", () => {
  const tiles = [
    tile("a", { column: 0, row: 0, columns: 3, rows: 3 }),
    tile("b", { column: 3, row: 0, columns: 3, rows: 3 }),
    tile("c", { column: 6, row: 0, columns: 3, rows: 3 }),
  ];
  const after = arrange(tiles, "a", { column: 6, row: 0, columns: 3, rows: 3 });
  expect(after.map((one) => one.place.column)).toEqual([6, 3, 0]);
});

test("a wide tile changes places with the two below it, in their arrangement", () => {
  const tiles = [
    tile("wide", { column: 0, row: 0, columns: 6, rows: 3 }),
    tile("left", { column: 0, row: 3, columns: 3, rows: 3 }),
    tile("right", { column: 3, row: 3, columns: 3, rows: 3 }),
  ];
  const after = arrange(tiles, "wide", { column: 0, row: 3, columns: 6, rows: 3 });
  expect(after.map((one) => [one.place.column, one.place.row])).toEqual([
    [0, 3],
    [0, 0],
    [3, 0],
  ]);
});

test("a tile that grows pushes down what it covers, and what lies below that", () => {
  const tiles = [
    tile("a", { column: 0, row: 0, columns: 3, rows: 3 }),
    tile("b", { column: 0, row: 3, columns: 3, rows: 2 }),
    tile("c", { column: 2, row: 5, columns: 3, rows: 2 }),
    tile("d", { column: 6, row: 3, columns: 3, rows: 2 }),
  ];
  const after = arrange(tiles, "a", { column: 0, row: 0, columns: 3, rows: 4 });
  expect(after.map((one) => one.place.row)).toEqual([0, 4, 6, 3]);
});

test("where the grid has no room left, everything stays as it is", () => {
  const tiles = Array.from({ length: 30 }, (_, index) =>
    tile(`t${index}`, { column: 0, row: index * 2, columns: 12, rows: 2 }),
  );
  expect(arrange(tiles, "t0", { column: 0, row: 0, columns: 12, rows: 3 })).toBe(tiles);
  expect(freePlace(tiles, 1, 1)).toBeNull();
});
