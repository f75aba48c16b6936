import type { TileDefinition, TileType } from "../board/board-definition.ts";
import { stillSource, unservedSource } from "./still-source.ts";
import type { LiveTileSource, MakeTileSource, TileContext } from "./tile-source.ts";

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

/** The source of a tile's data. Throws where the catalogue does not have what the tile asks: boards are checked before. */
export const tileSourceOf = (definition: TileDefinition, context: TileContext): LiveTileSource => {
  // One entry for each type, each for definitions of that type.
  const make = tileSources[definition.type] as (definition: TileDefinition, context: TileContext) => LiveTileSource;
  return make(definition, context);
};
