import type { TileDefinition, TileType } from "../board/board-definition.ts";
import { stillSource } from "./still-source.ts";
import type { LiveTileSource, MakeTileSource, TileContext } from "./tile-source.ts";
import { unservedSource } from "./unserved-source.ts";

/** How the data of each type of tile is made: one line a type. */
const tileSources: { readonly [Type in TileType]: MakeTileSource<Type> } = {
  number: unservedSource,
  gauge: unservedSource,
  line: unservedSource,
  bar: unservedSource,
  funnel: unservedSource,
  leaderboard: unservedSource,
  histogram: unservedSource,
  pipeline: unservedSource,
  waterfall: unservedSource,
  feed: stillSource,
  alerts: unservedSource,
  waiting: unservedSource,
  text: stillSource,
  image: stillSource,
};

const make = <Type extends TileType>(type: Type, definition: unknown, context: TileContext): LiveTileSource =>
  tileSources[type](definition as Parameters<MakeTileSource<Type>>[0], context);

/** The source of a tile's data. */
export const tileSourceOf = (definition: TileDefinition, context: TileContext): LiveTileSource =>
  make(definition.type, definition, context);
