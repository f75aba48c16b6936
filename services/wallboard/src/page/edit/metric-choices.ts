import type { TileDefinition } from "../../board/board-definition.ts";
import type { CatalogueAnswer, CatalogueMetric } from "../../board/catalogue-answer.ts";

/** Windows that every metric has, should the catalogue not have come. */
const usualWindows = ["day", "week", "month", "quarter", "year", "7d", "30d", "90d"];
const levelWindow = "now";

/** The metric that a tile asks, also where its type decides it; null where it asks none. */
export const askedMetric = (tile: TileDefinition): string | null => {
  if ("metric" in tile) return tile.metric;
  switch (tile.type) {
    case "funnel":
      return "stage_flow.entries";
    case "histogram":
      return "lead_response_time";
    case "pipeline":
      return "pipeline_value";
    case "waterfall":
      return "mrr";
    case "waiting":
      return "unanswered_leads";
    default:
      return null;
  }
};

export const findMetric = (catalogue: CatalogueAnswer | null, metric: string | null): CatalogueMetric | undefined =>
  catalogue?.metrics.find((one) => one.metric === metric);

/** What the tile can be grouped and filtered by. */
export const dimensionsFor = (tile: TileDefinition, catalogue: CatalogueAnswer | null): ReadonlyArray<string> =>
  findMetric(catalogue, askedMetric(tile))?.dimensions ?? [];

/** The windows that a tile can have; the one that it has is always among them. */
export const windowsFor = (tile: TileDefinition, catalogue: CatalogueAnswer | null): ReadonlyArray<string> => {
  if (!("window" in tile)) return [];
  const metric = findMetric(catalogue, askedMetric(tile));
  const offered =
    tile.type === "waterfall"
      ? ["month", "quarter", "year"]
      : metric?.level === true
        ? [levelWindow]
        : (metric?.windows ?? usualWindows);
  return offered.includes(tile.window) ? offered : [tile.window, ...offered];
};

/** A metric's usual window: now for a level, else as asked if it has it, else this month or the first it has. */
export const fittingWindow = (metric: CatalogueMetric | undefined, wanted: string | undefined): string => {
  if (metric?.level === true) return levelWindow;
  if (wanted !== undefined && wanted !== levelWindow) return wanted;
  const windows = metric?.windows ?? usualWindows;
  return windows.includes("month") ? "month" : (windows[0] ?? "all");
};
