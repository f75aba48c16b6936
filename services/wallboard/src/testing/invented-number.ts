import type { GaugeTile, NumberTile } from "../board/board-definition.ts";
import type { NumberData, TargetState } from "../board/tile-data.ts";

type Figures = Pick<NumberData, "value" | "unit" | "better"> &
  Partial<Pick<NumberData, "currency" | "compared" | "numerator" | "denominator" | "count" | "reason" | "restated">>;

const eur = { unit: "money", currency: "EUR" } as const;

/** What the invented company has of a metric, whatever the window. */
const figures: Readonly<Record<string, Figures>> = {
  sales: { value: 128_450_000, ...eur, better: "higher", compared: 114_120_000, count: 118 },
  win_rate: { value: 0.312, unit: "ratio", better: "higher", compared: 0.327, numerator: 131, denominator: 420 },
  average_deal_size: { value: 1_088_559, ...eur, better: "higher", compared: 1_060_120, count: 131 },
  sales_cycle_length: { value: 2_462_400, unit: "s", better: "lower", compared: 2_591_100, count: 402 },
  cac: { value: null, ...eur, better: "lower", compared: null, reason: "zero_denominator" },
  pipeline_value: { value: 1_240_560_000, ...eur, better: "higher", compared: 1_196_400_000, count: 1_143 },
  new_leads: { value: 184, unit: "leads", better: "higher", compared: 162 },
  unanswered_leads: { value: 23, unit: "leads", better: "lower", compared: 17 },
  lead_response_time: { value: 192, unit: "s", better: "lower", compared: 231, count: 143 },
  "lead_response_time.p90": { value: 4_260, unit: "s", better: "lower", compared: 3_900, count: 1_022 },
  response_within_sla: {
    value: 0.684,
    unit: "ratio",
    better: "higher",
    compared: 0.652,
    numerator: 811,
    denominator: 1_186,
  },
};

const targetOf = (value: number, target: number, hasPace: boolean): TargetState => ({
  value: target,
  reached: target === 0 ? null : value / target,
  pace: hasPace ? 0.71 : null,
});

const courseOf = (value: number, points: number, random: () => number): number[] =>
  Array.from(
    { length: points },
    (_, index) => Math.round(value * (0.6 + 0.35 * Math.sin(index / 3.5) ** 2 + 0.15 * random()) * 1_000) / 1_000,
  );

export const inventNumber = (tile: NumberTile | GaugeTile, nowMs: number, random: () => number): NumberData => {
  const { value, ...rest } = figures[tile.metric] ?? { value: 42, unit: "leads", better: "higher", compared: 40 };
  const goal = tile.target === "plan" ? 150_000_000 : tile.target;
  const isAsked = tile.where.length > 0;
  return {
    id: tile.id,
    type: tile.type,
    changedAtMs: nowMs,
    source: isAsked ? "asked" : "live",
    ...(isAsked ? { askedAtMs: nowMs } : {}),
    flags: value === null ? ["zero_denominator"] : [],
    value,
    ...rest,
    ...(tile.type === "number" && tile.compare === "none" ? { compared: null } : {}),
    ...(goal === undefined || value === null
      ? {}
      : { target: targetOf(value, goal, ["month", "quarter", "year"].includes(tile.window)) }),
    ...(tile.type === "number" && tile.course !== "none" && value !== null
      ? { course: courseOf(value, tile.course === "hours" ? 24 : 30, random) }
      : {}),
  };
};

/** A little later: counts rise by one, the rest moves by a few thousandths. */
export const nudgeNumber = (data: NumberData, nowMs: number, random: () => number): NumberData => {
  if (data.value === null) return data;
  const isCount = !["ratio", "s"].includes(data.unit) && data.currency === undefined;
  const moved = isCount ? data.value + 1 : data.value * (1 + 0.004 * (random() - 0.4));
  const value = data.unit === "ratio" ? Math.min(1, moved) : Math.round(moved);
  const { target, course } = data;
  return {
    ...data,
    value,
    changedAtMs: nowMs,
    ...(target === undefined ? {} : { target: targetOf(value, target.value, target.pace !== null) }),
    ...(course === undefined ? {} : { course: [...course.slice(0, -1), value * 0.9] }),
  };
};
