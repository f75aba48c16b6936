/** A board as its YAML file says it (board-file.ts reads and writes it). Everything in it is chosen, nothing computed. */

export const tileTypes = [
  "number",
  "gauge",
  "line",
  "bar",
  "funnel",
  "leaderboard",
  "histogram",
  "pipeline",
  "waterfall",
  "feed",
  "alerts",
  "waiting",
  "text",
  "image",
] as const;
export type TileType = (typeof tileTypes)[number];

/** Cells of the board's grid, from 0; 12 columns, rows as many as needed. */
export interface TilePlace {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

interface TileBase {
  /** Unique on the board; kept over moves and edits. */
  readonly id: string;
  readonly place: TilePlace;
  /** Instead of the catalogue's name; shown as text in every language. */
  readonly title?: string;
}

/** `team=north`: dimension and value. */
export type TileFilter = readonly [dimension: string, value: string];

/** What is asked: the words of `npx leadwire kpi`. A level is asked with the window `now`. */
export interface MetricChoice {
  readonly metric: string;
  readonly window: string;
  readonly where: ReadonlyArray<TileFilter>;
}

export interface NumberFormat {
  /** Digits behind the point; as the unit has it where not stated. */
  readonly decimals?: number;
  /** 1.2 M instead of 1,234,567. */
  readonly compact?: boolean;
}

/** A number of one's own, or the target that was set for the window's period (`targets import`). */
export type TileTarget = number | "plan";

export interface NumberTile extends TileBase, MetricChoice {
  readonly type: "number";
  readonly compare: "prior" | "year" | "none";
  readonly target?: TileTarget;
  /** What the small line shows. */
  readonly course: "hours" | "days" | "none";
  readonly format: NumberFormat;
}

export interface GaugeTile extends TileBase, MetricChoice {
  readonly type: "gauge";
  readonly target: TileTarget;
  readonly format: NumberFormat;
}

export interface CourseTile extends TileBase, Pick<MetricChoice, "metric" | "where"> {
  readonly type: "line" | "bar";
  /** One point for each, the last one running. */
  readonly unit: "hour" | "day" | "week" | "month";
  readonly points: number;
  /** A line or stack for each of the largest groups. */
  readonly by?: string;
  readonly format: NumberFormat;
}

export interface FunnelTile extends TileBase, Pick<MetricChoice, "window" | "where"> {
  readonly type: "funnel";
}

export interface LeaderboardTile extends TileBase, MetricChoice {
  readonly type: "leaderboard";
  /** `rep`, `team`, `channel`, … */
  readonly by: string;
  readonly rows: number;
  /** Percent to target beside each row. */
  readonly target?: TileTarget;
  readonly format: NumberFormat;
}

/** Response times in bands: within 1, 5, 15 min, 1, 4, 24 h, later. */
export interface HistogramTile extends TileBase, Pick<MetricChoice, "window" | "where"> {
  readonly type: "histogram";
  readonly businessHours: boolean;
}

/** Open deals by stage: amount and number. */
export interface PipelineTile extends TileBase, Pick<MetricChoice, "where"> {
  readonly type: "pipeline";
}

/** MRR at the start, new, expansion, reactivation, contraction, churn, MRR now. */
export interface WaterfallTile extends TileBase, Pick<MetricChoice, "window"> {
  readonly type: "waterfall";
}

export interface FeedTile extends TileBase {
  readonly type: "feed";
  readonly kinds: ReadonlyArray<string>;
}

export interface AlertsTile extends TileBase {
  readonly type: "alerts";
  readonly severities: ReadonlyArray<string>;
}

/** Leads without a response, the next to be late first, then those late for the shortest time; each with a clock. */
export interface WaitingTile extends TileBase, Pick<MetricChoice, "where"> {
  readonly type: "waiting";
  readonly rows: number;
}

export interface TextTile extends TileBase {
  readonly type: "text";
  readonly text: string;
  readonly size: "small" | "medium" | "large";
}

export interface ImageTile extends TileBase {
  readonly type: "image";
  /** A file in the folder `boards/images`. */
  readonly file: string;
  readonly alt: string;
}

export type TileDefinition =
  | NumberTile
  | GaugeTile
  | CourseTile
  | FunnelTile
  | LeaderboardTile
  | HistogramTile
  | PipelineTile
  | WaterfallTile
  | FeedTile
  | AlertsTile
  | WaitingTile
  | TextTile
  | ImageTile;

/** When a board celebrates; never for history or replays. */
export interface Celebration {
  /** A deal won worth at least this, in minor units of the workspace's currency; undefined: never. */
  readonly wonMinorMin?: number;
  /** A number or gauge tile reaches its target. */
  readonly targets: boolean;
  readonly sound: boolean;
  /** When nothing is celebrated; absent: outside the workspace's business hours. */
  readonly quiet?: QuietHours;
}

/** Every day between these minutes by the workspace's clock, over midnight where the second is the lesser one. */
export type QuietHours = "never" | { readonly fromMinute: number; readonly toMinute: number };

export interface BoardDefinition {
  /** The file's name without `.yaml`. */
  readonly id: string;
  readonly title: string;
  readonly theme: "auto" | "light" | "dark" | "contrast";
  readonly tiles: ReadonlyArray<TileDefinition>;
  readonly celebrate: Celebration;
}

/** `boards/slideshows.yaml`: boards one after another, each for its time. */
export interface Slideshow {
  readonly id: string;
  readonly title: string;
  readonly slides: ReadonlyArray<{ readonly board: string; readonly forMs: number }>;
}
