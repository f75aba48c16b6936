import { findStatistic } from "@leadwire/kpis";
import type { TileDefinition } from "../board/board-definition.ts";
import type { TileData } from "../board/tile-data.ts";
import type { TileContext } from "./tile-source.ts";

type Words = Pick<TileContext, "catalogue" | "workspace">;

/** A metric's unit and its currency, as answers have them. Throws where the catalogue has no such metric. */
export const unitOf = (
  metric: string,
  { catalogue, workspace }: Words,
): { readonly unit: string; readonly currency?: string } => {
  const found = findStatistic(catalogue, metric);
  if (found._tag === "Left") throw new Error(found.left.message);
  const { unit } = found.right.statistic;
  return unit === "money" || unit === "money_per_day" ? { unit, currency: workspace.currency } : { unit };
};

/** A tile with nothing in it yet; why is for the caller to say. */
export const emptyData = (definition: TileDefinition, words: Words): TileData => {
  const { id } = definition;
  const head = { id, changedAtMs: null, source: "live", flags: [] } as const;
  const money = { unit: "money", currency: words.workspace.currency } as const;
  switch (definition.type) {
    case "number":
    case "gauge": {
      const better = words.catalogue.metrics.get(definition.metric.split(".")[0] ?? "")?.better ?? "neither";
      return { ...head, type: definition.type, value: null, ...unitOf(definition.metric, words), better };
    }
    case "line":
    case "bar":
      return { ...head, type: definition.type, ...unitOf(definition.metric, words), startsMs: [], series: [] };
    case "leaderboard":
      return { ...head, type: definition.type, ...unitOf(definition.metric, words), rows: [] };
    case "funnel":
      return { ...head, type: definition.type, stages: [] };
    case "histogram":
      return { ...head, type: definition.type, bands: [], slaSeconds: 0 };
    case "pipeline":
      return { ...head, type: definition.type, ...money, stages: [] };
    case "waterfall":
      return { ...head, type: definition.type, ...money, startMinor: 0, steps: [], endMinor: 0 };
    case "alerts":
      return { ...head, type: definition.type, alerts: [] };
    case "waiting":
      return { ...head, type: definition.type, total: 0, leads: [] };
    case "feed":
      return { ...head, type: definition.type };
    case "text":
    case "image":
      return { ...head, type: definition.type };
  }
};
