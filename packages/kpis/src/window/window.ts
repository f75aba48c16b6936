import type { InstantText } from "./instant-text.ts";

/** The lengths that rolling windows have. 7d is 168 h, also over a change of clocks. */
export const rollingHours = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160, "365d": 8760 } as const;
export type RollingName = keyof typeof rollingHours;

export const periodUnits = ["day", "week", "month", "quarter", "year"] as const;
export type PeriodUnit = (typeof periodUnits)[number];

/** A window as it is written, before `--at` and the workspace place it. */
export type WindowSpec =
  | { readonly _tag: "All" }
  | { readonly _tag: "Rolling"; readonly length: RollingName }
  | { readonly _tag: "ToDate"; readonly unit: PeriodUnit }
  | { readonly _tag: "Period"; readonly period: NamedPeriod }
  | { readonly _tag: "Range"; readonly from: InstantText; readonly to: InstantText };

/** A calendar period by name. Quarters and years are fiscal, weeks are ISO. */
export type NamedPeriod =
  | { readonly unit: "year"; readonly year: number }
  | { readonly unit: "quarter"; readonly year: number; readonly quarter: number }
  | { readonly unit: "month"; readonly year: number; readonly month: number }
  | { readonly unit: "week"; readonly year: number; readonly week: number }
  | { readonly unit: "day"; readonly day: number };

/** From included, to excluded, null where open; and nothing later than `atMs`. */
export interface Span {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly atMs: number;
}

/** A span, and the instant that levels are read at in it: they count the facts before it. */
export interface LevelSpan extends Span {
  readonly levelMs: number;
}

/** A calendar period by its local days; `endDay` is excluded. */
export interface PlacedPeriod {
  readonly unit: PeriodUnit;
  /** As a plan names it: 2017, 2017-Q3, 2017-07. Empty for weeks and days, which have no plan. */
  readonly text: string;
  /** The first day of the period before. */
  readonly priorDay: number;
  readonly startDay: number;
  readonly endDay: number;
}

/** A window in time. */
export interface PlacedWindow extends LevelSpan {
  /** What growth compares with; null where nothing lies before (`all`). */
  readonly prior: LevelSpan | null;
  /** The whole calendar period of a window that is one, by name or to date. */
  readonly period: PlacedPeriod | null;
}
