import type { TileDefinition, TileType } from "./board-definition.ts";

/**
 * What a tile shows, as it travels to the page: numbers and identifiers, no sentences, so that one stream serves readers
 * of every language. Values are those of `npx leadwire kpi --json`: ratios 0..1, durations in seconds, money in minor
 * units with its currency.
 */

/** A closed number that changed after the fact: before, after, and the records that did it (`npx leadwire restatements`). */
export interface Restated {
  readonly before: number | null;
  readonly after: number | null;
  readonly atMs: number;
  /** Which one, where the tile shows several: `2026-03`. */
  readonly period?: string;
  /** `source_system/event_id` of the late records, or `backfill:ID`; the newest few. */
  readonly causes: ReadonlyArray<string>;
}

export interface TileHead {
  readonly id: string;
  readonly type: TileType;
  /** When what it shows changed last, by the server's clock; null before anything did. */
  readonly changedAtMs: number | null;
  /** How the numbers came: `live` from slices at every change; `asked` from facts, and when they were asked last. */
  readonly source: "live" | "asked";
  readonly askedAtMs?: number;
  readonly restated?: Restated;
  /** Why there is nothing to show: `not_served`, `no_data`, `no_activity_data`, `zero_denominator`, `no_target`, … */
  readonly reason?: string;
  readonly flags: ReadonlyArray<string>;
}

interface Unit {
  readonly unit: string;
  /** ISO 4217, where the unit is money. */
  readonly currency?: string;
}

export interface TargetState {
  readonly value: number;
  /** value / target. */
  readonly reached: number | null;
  /** Where the value should be by now to reach the target in time, as a share of it; null where time does not say. */
  readonly pace: number | null;
}

export interface NumberData extends TileHead, Unit {
  readonly type: "number" | "gauge";
  readonly value: number | null;
  readonly better: "higher" | "lower" | "neither";
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
  readonly compared?: number | null;
  readonly target?: TargetState;
  /** Oldest first, the last one still running; null is a gap. */
  readonly course?: ReadonlyArray<number | null>;
}

export interface SeriesData extends TileHead, Unit {
  readonly type: "line" | "bar";
  /** Starts of the points, oldest first. */
  readonly startsMs: ReadonlyArray<number>;
  /** The values of the groups at one point may be summed: their bars stand on each other. */
  readonly addsUp?: boolean;
  /** The largest groups; the others together, where that adds up, under the name "". A lone series has no name. */
  readonly series: ReadonlyArray<{ readonly name: string; readonly values: ReadonlyArray<number | null> }>;
}

export interface FunnelData extends TileHead {
  readonly type: "funnel";
  readonly stages: ReadonlyArray<{ readonly stage: string; readonly entries: number; readonly advances: number }>;
}

export interface LeaderboardData extends TileHead, Unit {
  readonly type: "leaderboard";
  readonly rows: ReadonlyArray<{
    readonly name: string;
    readonly value: number | null;
    readonly count?: number;
    readonly reached?: number | null;
  }>;
}

export interface HistogramData extends TileHead {
  readonly type: "histogram";
  /** Upper bounds in seconds; null: without one. */
  readonly bands: ReadonlyArray<{ readonly toSeconds: number | null; readonly count: number }>;
  readonly slaSeconds: number;
}

export interface PipelineData extends TileHead, Unit {
  readonly type: "pipeline";
  readonly stages: ReadonlyArray<{ readonly stage: string; readonly amountMinor: number; readonly deals: number }>;
}

export interface WaterfallData extends TileHead, Unit {
  readonly type: "waterfall";
  readonly startMinor: number;
  readonly steps: ReadonlyArray<{ readonly movement: string; readonly amountMinor: number }>;
  readonly endMinor: number;
}

/** Its events travel with the frame, once for all feeds of the board. */
export interface FeedData extends TileHead {
  readonly type: "feed";
}

export interface AlertsData extends TileHead {
  readonly type: "alerts";
  readonly alerts: ReadonlyArray<{
    readonly fingerprint: string;
    readonly rule: string;
    readonly severity: string;
    readonly status: "pending" | "firing" | "resolved";
    readonly summary: string;
    readonly startedAtMs: number;
    readonly labels: Readonly<Record<string, string>>;
  }>;
}

export interface WaitingData extends TileHead {
  readonly type: "waiting";
  readonly total: number;
  /** The youngest, the very youngest first: whoever is not listed has waited longer. */
  readonly leads: ReadonlyArray<{
    readonly lead: string;
    readonly owner: string;
    readonly channel: string;
    readonly createdAtMs: number;
    /** When the SLA is missed, in business hours where the workspace has them. */
    readonly dueAtMs: number | null;
  }>;
}

export interface StillData extends TileHead {
  readonly type: "text" | "image";
}

export type TileData =
  | NumberData
  | SeriesData
  | FunnelData
  | LeaderboardData
  | HistogramData
  | PipelineData
  | WaterfallData
  | FeedData
  | AlertsData
  | WaitingData
  | StillData;

/** Makes the data of one tile; what has not changed is the same object as before. */
export interface TileSource {
  readonly definition: TileDefinition;
  readonly at: (nowMs: number) => TileData;
}
