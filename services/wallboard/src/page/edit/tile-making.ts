import type {
  NumberFormat,
  TileDefinition,
  TileFilter,
  TilePlace,
  TileTarget,
  TileType,
} from "../../board/board-definition.ts";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import { findMetric, fittingWindow } from "./metric-choices.ts";

/** What a tile is made from: what is not said is as usual for its type. */
export interface TileSeed {
  readonly id: string;
  readonly place: TilePlace;
  readonly title?: string;
  readonly metric?: string;
  readonly window?: string;
  readonly where?: ReadonlyArray<TileFilter>;
  readonly by?: string;
  readonly rows?: number;
  readonly target?: TileTarget;
  readonly format?: NumberFormat;
}

/** Columns and rows of a new tile: nine rows fill a screen. */
export const usualSize: Readonly<Record<TileType, readonly [columns: number, rows: number]>> = {
  number: [3, 3],
  gauge: [3, 3],
  line: [5, 3],
  bar: [5, 3],
  funnel: [4, 3],
  leaderboard: [4, 4],
  histogram: [5, 3],
  pipeline: [4, 3],
  waterfall: [5, 3],
  feed: [3, 4],
  alerts: [4, 3],
  waiting: [5, 4],
  text: [3, 2],
  image: [3, 3],
};

const usualMetric: Readonly<Partial<Record<TileType, string>>> = {
  number: "sales",
  gauge: "sales",
  line: "new_leads",
  bar: "sales",
  leaderboard: "sales",
};

const usualGroup = (dimensions: ReadonlyArray<string>): string =>
  ["rep", "team", "channel"].find((dimension) => dimensions.includes(dimension)) ?? dimensions[0] ?? "rep";

/** A tile of a type, valid as it is; only an image still needs its file. */
export const makeTile = (type: TileType, seed: TileSeed, catalogue: CatalogueAnswer | null): TileDefinition => {
  const { id, place, title, where: filters = [], format = {}, target } = seed;
  const base = { id, place, ...(title === undefined ? {} : { title }) };
  const metric = seed.metric ?? usualMetric[type] ?? "sales";
  const known = findMetric(catalogue, metric);
  const dimensions = known?.dimensions ?? [];
  const where = known === undefined ? filters : filters.filter(([dimension]) => dimensions.includes(dimension));
  const window = fittingWindow(known, seed.window);
  const goal = target === undefined ? {} : { target };
  const by = seed.by !== undefined && (known === undefined || dimensions.includes(seed.by)) ? seed.by : undefined;
  switch (type) {
    case "number":
      return { ...base, type, metric, window, where, compare: "prior", ...goal, course: "days", format };
    case "gauge":
      return { ...base, type, metric, window, where, target: target ?? "plan", format };
    case "line":
    case "bar":
      return { ...base, type, metric, where, unit: "day", points: 30, ...(by === undefined ? {} : { by }), format };
    case "leaderboard":
      return {
        ...base,
        type,
        metric,
        window,
        where,
        by: by ?? usualGroup(dimensions),
        rows: seed.rows ?? 8,
        ...goal,
        format,
      };
    case "funnel":
      return { ...base, type, window: seed.window ?? "90d", where: filters };
    case "histogram":
      return { ...base, type, window: seed.window ?? "7d", where: filters, businessHours: false };
    case "pipeline":
      return { ...base, type, where: filters };
    case "waterfall":
      return { ...base, type, window: ["month", "quarter", "year"].find((one) => one === seed.window) ?? "month" };
    case "feed":
      return { ...base, type, kinds: [] };
    case "alerts":
      return { ...base, type, severities: [] };
    case "waiting":
      return { ...base, type, where: filters, rows: seed.rows ?? 10 };
    case "text":
      return { ...base, type, text: "", size: "medium" };
    case "image":
      return { ...base, type, file: "", alt: "" };
  }
};

/** What of a tile can go over into one of another type, or with another metric. */
const seedOf = (tile: TileDefinition): TileSeed => ({
  id: tile.id,
  place: tile.place,
  ...(tile.title === undefined ? {} : { title: tile.title }),
  ...("metric" in tile ? { metric: tile.metric } : {}),
  ...("window" in tile && tile.window !== "now" ? { window: tile.window } : {}),
  ...("where" in tile ? { where: tile.where } : {}),
  ...("by" in tile && tile.by !== undefined ? { by: tile.by } : {}),
  ...("rows" in tile ? { rows: tile.rows } : {}),
  ...("target" in tile && tile.target !== undefined ? { target: tile.target } : {}),
  ...("format" in tile ? { format: tile.format } : {}),
});

/** The tile as one of another type, with everything that both have. */
export const withType = (tile: TileDefinition, type: TileType, catalogue: CatalogueAnswer | null): TileDefinition =>
  tile.type === type ? tile : makeTile(type, seedOf(tile), catalogue);

/** The tile with another metric: window, group and filters stay where the metric has them; a number as a target does not. */
export const withMetric = (tile: TileDefinition, metric: string, catalogue: CatalogueAnswer | null): TileDefinition => {
  if (!("metric" in tile)) return tile;
  const { target, ...seed } = seedOf(tile);
  const made = makeTile(tile.type, { ...seed, metric, ...(target === "plan" ? { target } : {}) }, catalogue);
  if (tile.type === "number" && made.type === "number") return { ...made, compare: tile.compare, course: tile.course };
  if ((tile.type === "line" || tile.type === "bar") && made.type === tile.type)
    return { ...made, unit: tile.unit, points: tile.points };
  return made;
};
