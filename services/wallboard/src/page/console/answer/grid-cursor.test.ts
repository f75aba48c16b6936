import { expect, test } from "vitest";
import { type GridCursor, gridMove, gridRange, gridStart } from "./grid-cursor.ts";

const size = { rows: 100, columns: 3, pageRows: 10 };
const keyed = (...keys: ReadonlyArray<string>): GridCursor =>
  keys.reduce<GridCursor>((cursor, key) => {
    const [last = "", ...held] = key.split("+").reverse();
    return gridMove(cursor, last, { isWide: held.includes("Shift"), isFar: held.includes("Ctrl") }, size) ?? cursor;
  }, gridStart);

test("keys lead over the cells, up to the names, and never beyond the edges", () => {
  expect(keyed("ArrowDown", "ArrowRight").at).toEqual({ row: 1, column: 1 });
  expect(keyed("ArrowUp", "ArrowUp").at).toEqual({ row: -1, column: 0 });
  expect(keyed("Ctrl+End", "ArrowDown", "ArrowRight").at).toEqual({ row: 99, column: 2 });
  expect(keyed("PageDown", "End").at).toEqual({ row: 10, column: 2 });
  expect(gridMove(gridStart, "x", { isWide: false, isFar: false }, size)).toBeUndefined();
});

test("with Shift the selection grows from where it began, and a key without it ends it", () => {
  expect(gridRange(keyed("ArrowDown", "ArrowRight", "Shift+ArrowUp", "Shift+ArrowLeft"))).toEqual({
    rows: [0, 1],
    columns: [0, 1],
  });
  expect(gridRange(keyed("Shift+ArrowUp"))).toEqual({ rows: [0, 0], columns: [0, 0] });
  expect(gridRange(keyed("Shift+PageDown", "ArrowDown"))).toEqual({ rows: [11, 11], columns: [0, 0] });
});
