import type { TileDefinition, TileType } from "../board/board-definition.ts";
import { alertsSource } from "./alerts-source.ts";
import { funnelSource } from "./funnel-source.ts";
import { histogramSource } from "./histogram-source.ts";
import { leaderboardSource } from "./leaderboard-source.ts";
import { numberSource } from "./number-source.ts";
import { pipelineSource } from "./pipeline-source.ts";
import { withRestated } from "./restated-source.ts";
import { seriesSource } from "./series-source.ts";
import { stillSource } from "./still-source.ts";
import type { LiveTileSource, MakeTileSource, TileContext } from "./tile-source.ts";
import { waitingSource } from "./waiting-source.ts";
import { waterfallSource } from "./waterfall-source.ts";

/** How the data of each type of tile is made: one line a type. */
const tileSources: { readonly [Type in TileType]: MakeTileSource<Type> } = {
  number: numberSource,
  gauge: numberSource,
  line: seriesSource,
  bar: seriesSource,
  funnel: funnelSource,
  leaderboard: leaderboardSource,
  histogram: histogramSource,
  pipeline: pipelineSource,
  waterfall: waterfallSource,
  feed: stillSource,
  alerts: alertsSource,
  waiting: waitingSource,
  text: stillSource,
  image: stillSource,
};

/** The source of a tile's data. Throws where the catalogue does not have what the tile asks: boards are checked before. */
export const tileSourceOf = (definition: TileDefinition, context: TileContext): LiveTileSource => {
  // One entry for each type, each for definitions of that type.
  const make = tileSources[definition.type] as (definition: TileDefinition, context: TileContext) => LiveTileSource;
  return withRestated(make(definition, context), definition, context);
};
