import type { BoardDefinition, TileDefinition } from "../../board/board-definition.ts";

/** A tile as it is asked and saved: a filter without a value is none yet, and an empty title is the catalogue's name. */
export const tidyTile = (tile: TileDefinition): TileDefinition => {
  const { title, ...rest } = tile;
  const named: TileDefinition = title === undefined || title.trim() === "" ? rest : tile;
  if (!("where" in named)) return named;
  return { ...named, where: named.where.filter(([, value]) => value.trim() !== "") };
};

export const tidyBoard = (board: BoardDefinition): BoardDefinition => ({
  ...board,
  title: board.title.trim() === "" ? board.id : board.title.trim(),
  tiles: board.tiles.map(tidyTile),
});
