import { type ComponentChild, h } from "preact";
import type { TileDefinition, TileType } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import { BarBody } from "../charts/bar-body.tsx";
import { FunnelBody } from "../charts/funnel-body.tsx";
import { HistogramBody } from "../charts/histogram-body.tsx";
import { LeaderboardBody } from "../charts/leaderboard-body.tsx";
import { LineBody } from "../charts/line-body.tsx";
import { PipelineBody } from "../charts/pipeline-body.tsx";
import { WaterfallBody } from "../charts/waterfall-body.tsx";
import type { Reader } from "../reader/reader.ts";
import { AlertsBody } from "./alerts-body.tsx";
import { FeedBody } from "./feed-body.tsx";
import { GaugeBody } from "./gauge-body.tsx";
import { NumberBody } from "./number-body.tsx";
import { ImageBody, TextBody } from "./still-body.tsx";
import type { BoardScope, DataOf, DefinitionOf, TileBody } from "./tile-body.ts";
import { WaitingBody } from "./waiting-body.tsx";

/** Draws the body of a tile whose type is known only now; null where the data belong to another type. */
type AnyTileBody = (definition: TileDefinition, data: TileData, reader: Reader, board: BoardScope) => ComponentChild;

const bodyOf = <Type extends TileType>(type: Type, body: TileBody<Type>): AnyTileBody => {
  const isOwnDefinition = (found: TileDefinition): found is DefinitionOf<Type> => found.type === type;
  const isOwnData = (found: TileData): found is DataOf<Type> => found.type === type;
  return (definition, data, reader, board) =>
    isOwnDefinition(definition) && isOwnData(data) ? h(body, { definition, data, reader, board }) : null;
};

/** What draws which type of tile: one line each. */
export const tileBodies: Readonly<Partial<Record<TileType, AnyTileBody>>> = {
  number: bodyOf("number", NumberBody),
  gauge: bodyOf("gauge", GaugeBody),
  line: bodyOf("line", LineBody),
  bar: bodyOf("bar", BarBody),
  funnel: bodyOf("funnel", FunnelBody),
  leaderboard: bodyOf("leaderboard", LeaderboardBody),
  histogram: bodyOf("histogram", HistogramBody),
  pipeline: bodyOf("pipeline", PipelineBody),
  waterfall: bodyOf("waterfall", WaterfallBody),
  feed: bodyOf("feed", FeedBody),
  alerts: bodyOf("alerts", AlertsBody),
  waiting: bodyOf("waiting", WaitingBody),
  text: bodyOf("text", TextBody),
  image: bodyOf("image", ImageBody),
};
