import type { FunnelData } from "../board/tile-data.ts";
import { MetricQuestion } from "./metric-question.ts";
import { flagsOf, QuestionsTile, readingOf } from "./questions-tile.ts";
import { byStage, stageOrder, stagesWith } from "./stage-order.ts";
import { liveHead } from "./tile-head.ts";
import type { LiveTileSource, TileContext, TileOf } from "./tile-source.ts";

/** What comes into each stage and goes past it: `stage_flow.entries` and `.advances` by stage. */
export const funnelSource = (definition: TileOf<"funnel">, context: TileContext): LiveTileSource => {
  const { id, type, window, where } = definition;
  const readings = ["stage_flow.entries", "stage_flow.advances"].map((metric) =>
    readingOf(new MetricQuestion({ metric, window, where }, ["stage"], context)),
  );
  const order = stageOrder(context.workspace, where);
  const empty: FunnelData = { ...liveHead(id), type, stages: [] };
  return new QuestionsTile(definition, context, {
    readings,
    empty,
    dataOf: (answers) => {
      const [entries, advances] = [byStage(answers[0]), byStage(answers[1])];
      const stages = stagesWith(order, [...entries.keys(), ...advances.keys()]).map((stage) => ({
        stage,
        entries: entries.get(stage) ?? 0,
        advances: advances.get(stage) ?? 0,
      }));
      const isEmpty = stages.every((stage) => stage.entries === 0 && stage.advances === 0);
      return { ...empty, stages, flags: flagsOf(answers), ...(isEmpty ? { reason: "no_data" } : {}) };
    },
  });
};
