import type { TileDefinition, TilePlace } from "../../board/board-definition.ts";
import { boardColumns, boardRowsMax, isOnGrid, overlap } from "../../board/board-grid.ts";

type Tiles = ReadonlyArray<TileDefinition>;

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/** The nearest place on the grid: as large as wanted where it can be. */
const onGrid = (place: TilePlace): TilePlace => {
  const columns = clamp(place.columns, 1, boardColumns);
  const rows = clamp(place.rows, 1, boardRowsMax);
  return {
    column: clamp(place.column, 0, boardColumns - columns),
    row: clamp(place.row, 0, boardRowsMax - rows),
    columns,
    rows,
  };
};

const at = (tile: TileDefinition, column: number, row: number): TileDefinition => ({
  ...tile,
  place: { ...tile.place, column, row },
});

const isFree = (place: TilePlace, tiles: Tiles): boolean => !tiles.some((tile) => overlap(tile.place, place));

/** The tiles at these places, if they lie on the grid and on nobody. */
const placed = (tiles: Tiles, around: Tiles): Tiles | null => {
  const taken = [...around];
  for (const tile of tiles) {
    if (!isOnGrid(tile.place) || !isFree(tile.place, taken)) return null;
    taken.push(tile);
  }
  return taken;
};

/** Tiles that are covered go to where the moved one came from, in the same arrangement; a single one to its corner. */
const swapped = (moved: TileDefinition, from: TilePlace, covered: Tiles, others: Tiles): Tiles | null => {
  const columnsBy = from.column - moved.place.column;
  const rowsBy = from.row - moved.place.row;
  const shifted = covered.map((tile) => at(tile, tile.place.column + columnsBy, tile.place.row + rowsBy));
  const [only, second] = covered;
  return (
    placed(shifted, [moved, ...others]) ??
    (only !== undefined && second === undefined ? placed([at(only, from.column, from.row)], [moved, ...others]) : null)
  );
};

/** Whoever is covered goes down as far as it has to, and takes those below along. Null where the grid ends. */
const pushedDown = (moved: TileDefinition, others: Tiles): Tiles | null => {
  const settled = [moved];
  const inOrder = [...others].sort((a, b) => a.place.row - b.place.row || a.place.column - b.place.column);
  for (const tile of inOrder) {
    let { place } = tile;
    let under = settled.find((one) => overlap(one.place, place));
    while (under !== undefined) {
      place = { ...place, row: under.place.row + under.place.rows };
      under = settled.find((one) => overlap(one.place, place));
    }
    if (!isOnGrid(place)) return null;
    settled.push({ ...tile, place });
  }
  return settled;
};

/**
 * Puts a tile at a place (the nearest one on the grid). What it covers changes places with it where that fits, else it
 * goes down. No two tiles lie on one another afterwards; tiles that are not in the way stay. The same tiles where the grid
 * has no room left, or nothing changes.
 */
export const arrange = (tiles: Tiles, id: string, wanted: TilePlace): Tiles => {
  const tile = tiles.find((one) => one.id === id);
  if (tile === undefined) return tiles;
  const place = onGrid(wanted);
  if (JSON.stringify(place) === JSON.stringify(tile.place)) return tiles;
  const moved = { ...tile, place };
  const others = tiles.filter((one) => one.id !== id);
  const covered = others.filter((one) => overlap(one.place, place));
  const rest = others.filter((one) => !covered.includes(one));
  const isMove = place.columns === tile.place.columns && place.rows === tile.place.rows;
  const swap = isMove ? swapped(moved, tile.place, covered, rest) : null;
  const found = covered.length === 0 ? [moved, ...rest] : (swap ?? pushedDown(moved, others));
  if (found === null) return tiles;
  const byId = new Map(found.map((one) => [one.id, one]));
  return tiles.map((one) => byId.get(one.id) ?? one);
};

/** The first place in reading order that has room for a tile of this size; null where the grid is full. */
export const freePlace = (tiles: Tiles, columns: number, rows: number): TilePlace | null => {
  for (let row = 0; row + rows <= boardRowsMax; row++)
    for (let column = 0; column + columns <= boardColumns; column++) {
      const place = { column, row, columns, rows };
      if (isFree(place, tiles)) return place;
    }
  return null;
};
