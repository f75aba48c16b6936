import type { PipelineData } from "../board/tile-data.ts";
import { MetricQuestion } from "./metric-question.ts";
import { OpenDealSums } from "./open-deal-sums.ts";
import { flagsOf, QuestionsTile, readingOf } from "./questions-tile.ts";
import { byStage, stageOrder, stagesWith } from "./stage-order.ts";
import { liveHead } from "./tile-head.ts";
import type { LiveTileSource, TileContext, TileOf } from "./tile-source.ts";

type Pipeline = TileOf<"pipeline">;
type Sums = ReadonlyMap<string, number>;

const dataOf = (
  empty: PipelineData,
  order: ReadonlyArray<string>,
  amounts: Sums,
  deals: Sums,
  flags: ReadonlyArray<string>,
): PipelineData => ({
  ...empty,
  flags,
  stages: stagesWith(order, [...amounts.keys(), ...deals.keys()]).map((stage) => ({
    stage,
    amountMinor: amounts.get(stage) ?? 0,
    deals: deals.get(stage) ?? 0,
  })),
});

/** The open deals themselves, where the tile shows only some of them: slices know no filter beside the stage. */
const filteredPipeline = (
  definition: Pipeline,
  sums: OpenDealSums,
  empty: PipelineData,
  order: ReadonlyArray<string>,
): LiveTileSource => {
  let data: PipelineData | undefined;
  return {
    definition,
    at: () => {
      if (data === undefined || sums.takeChanged()) data = dataOf(empty, order, sums.amounts(), sums.deals(), []);
      return data;
    },
    end: () => sums.end(),
  };
};

/** Open deals by stage: `pipeline_value` and `pipeline_volume`. */
export const pipelineSource = (definition: Pipeline, context: TileContext): LiveTileSource => {
  const { id, type, where } = definition;
  const { workspace, openSet, changed } = context;
  const questions = ["pipeline_value", "pipeline_volume"].map(
    (metric) => new MetricQuestion({ metric, window: "now", where }, ["stage"], context),
  );
  const order = stageOrder(workspace, where);
  const empty: PipelineData = { ...liveHead(id), type, unit: "money", currency: workspace.currency, stages: [] };
  const filters = questions[0]?.checked.where ?? [];
  if (filters.length > 0 && openSet !== undefined)
    return filteredPipeline(definition, new OpenDealSums(openSet, filters, changed), empty, order);
  return new QuestionsTile(definition, context, {
    readings: questions.map(readingOf),
    empty,
    dataOf: (answers) => dataOf(empty, order, byStage(answers[0]), byStage(answers[1]), flagsOf(answers)),
  });
};
