import type { TileDefinition } from "../../board/board-definition.ts";
import type { Reader } from "../reader/reader.ts";
import { windowText } from "../reader/window-text.ts";
import { counted } from "../texts/counted.ts";

export interface TileTitle {
  /** The board's own title, else the catalogue's name, else what the tile is. */
  readonly title: string;
  /** The window and what it is filtered by, in words; may be empty. */
  readonly about: string;
}

const named = (tile: TileDefinition, { names, texts }: Reader): string => {
  if (tile.title !== undefined) return tile.title;
  if ("metric" in tile) return names.metric(tile.metric);
  return texts.titles[tile.type];
};

/** What a reader has to know to read the tile: what it counts, in which time, for whom. */
export const titleOf = (tile: TileDefinition, reader: Reader): TileTitle => {
  const about: string[] = [];
  if ("metric" in tile) about.push(reader.names.statistic(tile.metric));
  if ("window" in tile) about.push(windowText(tile.window, reader));
  if ("points" in tile) about.push(counted(reader.texts.course[tile.unit], tile.points, reader.locale));
  if ("by" in tile && tile.by !== undefined) about.push(reader.names.dimension(tile.by));
  if ("where" in tile) about.push(...tile.where.map(([, value]) => value));
  return { title: named(tile, reader), about: about.filter((part) => part !== "").join(" · ") };
};
