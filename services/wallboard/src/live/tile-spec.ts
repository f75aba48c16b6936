import { type RollingName, rollingHours } from "@leadwire/kpis";
import type { BoardTexts } from "./board-texts.ts";

/**
 * What a sparkline shows: `per` the number of each hour or day by itself, `as_of` the tile's own window (or level) as it
 * stood at the end of each.
 */
export interface Course {
  readonly kind: "per" | "as_of";
  readonly unit: "hour" | "day";
  readonly points: number;
}

/** One headline number: a metric of the catalogue in a window. */
export interface TileSpec {
  readonly metric: string;
  /** `now` reads a level; else a window of the command line. */
  readonly window: RollingName | "day" | "month" | "now";
  readonly course: Course;
}

const perHour: Course = { kind: "per", unit: "hour", points: 24 };
const perDay: Course = { kind: "per", unit: "day", points: 30 };
const eachHour: Course = { kind: "as_of", unit: "hour", points: 24 };
const eachDay: Course = { kind: "as_of", unit: "day", points: 30 };

/** The board's tiles, in their order. */
export const boardTiles: ReadonlyArray<TileSpec> = [
  { metric: "new_leads", window: "day", course: perHour },
  { metric: "lead_response_time.p50", window: "24h", course: perHour },
  { metric: "response_within_sla", window: "7d", course: perDay },
  { metric: "unanswered_leads", window: "now", course: eachHour },
  { metric: "sales_qualified_leads", window: "30d", course: perDay },
  { metric: "lead_velocity_rate", window: "30d", course: eachDay },
  { metric: "win_rate", window: "30d", course: eachDay },
  { metric: "sales", window: "month", course: perDay },
  { metric: "average_deal_size", window: "90d", course: eachDay },
  { metric: "pipeline_value", window: "now", course: eachDay },
  { metric: "pipeline_volume", window: "now", course: eachDay },
  { metric: "conversion_rate", window: "90d", course: eachDay },
  { metric: "sales_cycle_length", window: "90d", course: eachDay },
  { metric: "cac", window: "30d", course: eachDay },
  { metric: "lead_response_time.p90", window: "7d", course: perDay },
  { metric: "new_leads", window: "30d", course: perDay },
];

const fill = (text: string, n: number): string => text.replace("{n}", String(n));

/** The window in words, and what it is compared with. */
export const windowWords = (window: TileSpec["window"], texts: BoardTexts): readonly [string, string] => {
  switch (window) {
    case "now":
      return [texts.now, texts.weekAgo];
    case "day":
      return [texts.today, texts.yesterdayByNow];
    case "month":
      return [texts.thisMonth, texts.lastMonthByNow];
    default: {
      const hours = rollingHours[window];
      return hours <= 24
        ? [fill(texts.lastHours, hours), fill(texts.priorHours, hours)]
        : [fill(texts.lastDays, hours / 24), fill(texts.priorDays, hours / 24)];
    }
  }
};

export const courseWords = ({ kind, unit, points }: Course, texts: BoardTexts): string => {
  if (kind === "per") return fill(unit === "hour" ? texts.perHour : texts.perDay, points);
  return fill(unit === "hour" ? texts.eachHour : texts.eachDay, points);
};
