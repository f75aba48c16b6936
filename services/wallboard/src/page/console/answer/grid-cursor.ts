/** A cell by its row and column; row -1 is the names' row. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** Where the keyboard stands, and the other corner of what is selected. */
export interface GridCursor {
  readonly at: GridPlace;
  readonly anchor: GridPlace;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** How many rows a page has. */
  readonly pageRows: number;
}

export const gridStart: GridCursor = { at: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } };

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

const moved = ({ row, column }: GridPlace, key: string, isFar: boolean, size: GridSize): GridPlace | undefined => {
  const [lastRow, lastColumn] = [size.rows - 1, size.columns - 1];
  switch (key) {
    case "ArrowUp":
      return { row: isFar ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: isFar ? lastRow : row + 1, column };
    case "ArrowLeft":
      return { row, column: isFar ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: isFar ? lastColumn : column + 1 };
    case "PageUp":
      return { row: Math.max(0, row - size.pageRows), column };
    case "PageDown":
      return { row: row + size.pageRows, column };
    case "Home":
      return { row: isFar ? 0 : row, column: 0 };
    case "End":
      return { row: isFar ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
};

/** Where a key leads; undefined for a key that leads nowhere. `isWide`: the selection grows (Shift). `isFar`: to the edge (Ctrl). */
export const gridMove = (
  cursor: GridCursor,
  key: string,
  { isWide, isFar }: { readonly isWide: boolean; readonly isFar: boolean },
  size: GridSize,
): GridCursor | undefined => {
  const found = moved(cursor.at, key, isFar, size);
  if (found === undefined) return undefined;
  const at = {
    row: clamp(found.row, isWide ? 0 : -1, size.rows - 1),
    column: clamp(found.column, 0, Math.max(0, size.columns - 1)),
  };
  return { at, anchor: isWide ? cursor.anchor : at };
};

/** What is selected: the rows and columns between the two corners, both ends with them. */
export const gridRange = ({ at, anchor }: GridCursor) => ({
  rows: [Math.max(0, Math.min(at.row, anchor.row)), Math.max(at.row, anchor.row)] as const,
  columns: [Math.min(at.column, anchor.column), Math.max(at.column, anchor.column)] as const,
});
