import type { Language } from "@leadwire/kpis";

/** The board's own words about tiles; titles come from the catalogue. `{n}` is replaced by a number. */
export interface BoardTexts {
  readonly today: string;
  readonly now: string;
  readonly thisMonth: string;
  readonly lastHours: string;
  readonly lastDays: string;
  readonly yesterdayByNow: string;
  readonly lastMonthByNow: string;
  readonly weekAgo: string;
  readonly priorHours: string;
  readonly priorDays: string;
  /** What a sparkline shows. */
  readonly perHour: string;
  readonly perDay: string;
  readonly eachHour: string;
  readonly eachDay: string;
  readonly statistics: Readonly<Record<string, string>>;
  /** What stands behind a number, by metric. */
  readonly counted: Readonly<Record<string, string>>;
  readonly rep: string;
  readonly team: string;
  readonly won: string;
}

const en: BoardTexts = {
  today: "today",
  now: "now",
  thisMonth: "this month",
  lastHours: "last {n} hours",
  lastDays: "last {n} days",
  yesterdayByNow: "yesterday by now",
  lastMonthByNow: "last month by now",
  weekAgo: "a week ago",
  priorHours: "prior {n} hours",
  priorDays: "prior {n} days",
  perHour: "per hour, last {n} hours",
  perDay: "per day, last {n} days",
  eachHour: "as it stood each hour, last {n} hours",
  eachDay: "as it stood each day, last {n} days",
  statistics: { mean: "mean", p50: "median", p90: "p90", p95: "p95" },
  counted: {
    lead_response_time: "answered leads",
    average_deal_size: "won deals",
    sales_cycle_length: "won deals",
    pipeline_value: "open deals",
    cac: "new customers",
    lead_velocity_rate: "qualified in the prior period",
  },
  rep: "Rep",
  team: "Team",
  won: "won",
};

/** Languages are added here; one without texts reads English. */
const byLanguage: Readonly<Partial<Record<Language, BoardTexts>>> = { en };

export const boardTexts = (language: Language): BoardTexts => byLanguage[language] ?? en;
