/**
 * `GET /api/catalogue?lang=ro`: what can be put on a board, named in the reader's language. Names are text, never markup.
 */
export interface CatalogueAnswer {
  /** BCP 47: the language that the names are in; English where the one asked for is not there. */
  readonly lang: string;
  readonly metrics: ReadonlyArray<CatalogueMetric>;
}

/** One number: `win_rate`, and apart from it `win_rate.by_value`. */
export interface CatalogueMetric {
  /** As a board's file says it; the default statistic under the metric's bare name. */
  readonly metric: string;
  readonly name: string;
  /** What it is, in one line. */
  readonly line: string;
  /** `p50`, `by_value`, also of the default; absent where this number of the metric has no name. */
  readonly statistic?: string;
  /** As `npx leadwire kpi --json` says it. */
  readonly unit: string;
  readonly better: "higher" | "lower" | "neither";
  /** How things stand at an instant: its window is `now`. */
  readonly level: boolean;
  /** What it can be grouped and filtered by, as a board's file says it: `rep`, `team`, … */
  readonly dimensions: ReadonlyArray<string>;
  /** Rolling windows and periods to choose from; a single period such as `2026-Q1` can always be asked. */
  readonly windows: ReadonlyArray<string>;
}
