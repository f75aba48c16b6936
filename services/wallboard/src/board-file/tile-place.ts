import type { YamlValue } from "@leadwire/funnel";
import type { TilePlace } from "../board/board-definition.ts";
import { boardColumns, boardRowsMax, isOnGrid } from "../board/board-grid.ts";

const form = `a place such as "1/1 3x2": column and row from 1, then columns and rows, within ${boardColumns} columns and ${boardRowsMax} rows`;

const parsePlace = (text: string): TilePlace | undefined => {
  const parts = /^(\d{1,2})\s*\/\s*(\d{1,2})\s+(\d{1,2})\s*x\s*(\d{1,2})$/u.exec(text);
  if (parts === null) return undefined;
  const [column, row, columns, rows] = parts.slice(1).map(Number) as [number, number, number, number];
  const place = { column: column - 1, row: row - 1, columns, rows };
  return isOnGrid(place) ? place : undefined;
};

export const readPlace = (at: YamlValue): TilePlace | undefined => at.parsed(form, parsePlace);

/** As `readPlace` reads it. */
export const placeText = ({ column, row, columns, rows }: TilePlace): string =>
  `${column + 1}/${row + 1} ${columns}x${rows}`;
