import type { TilePlace } from "./board-definition.ts";

/** Columns of every board. */
export const boardColumns = 12;
/** More would be no wallboard. */
export const boardRowsMax = 60;

/** Whether a place lies on the grid as a whole. */
export const isOnGrid = ({ column, row, columns, rows }: TilePlace): boolean =>
  column >= 0 &&
  row >= 0 &&
  columns >= 1 &&
  rows >= 1 &&
  column + columns <= boardColumns &&
  row + rows <= boardRowsMax;

/** Whether two tiles would lie on one another. */
export const overlap = (a: TilePlace, b: TilePlace): boolean =>
  a.column < b.column + b.columns &&
  b.column < a.column + a.columns &&
  a.row < b.row + b.rows &&
  b.row < a.row + a.rows;
