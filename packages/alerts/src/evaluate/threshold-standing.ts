import type { Standing } from "../alert/observation.ts";
import type { Comparator, Level, ThresholdCondition } from "../rule/rule.ts";

/** What levels are made of, for one group; null where there is none. */
export interface LevelParts {
  /** The value over the window before, or of a year ago. */
  readonly compared: number | null;
  readonly target: number | null;
  /** What of the target is due by now. */
  readonly pace: number | null;
  /** The same window's values in the weeks before. */
  readonly past: ReadonlyArray<number>;
}

/** Fewer weeks than this have no usual value. */
const pastMin = 3;

const medianOf = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Median and median absolute deviation, plain (not scaled to a normal distribution's deviation). */
export const baselineOf = (
  past: ReadonlyArray<number>,
): { readonly median: number; readonly deviation: number } | null => {
  if (past.length < pastMin) return null;
  const median = medianOf(past);
  return { median, deviation: medianOf(past.map((value) => Math.abs(value - median))) };
};

/** The number that a level stands for; null where a part of it is missing. */
export const thresholdOf = (level: Level, parts: LevelParts): number | null => {
  switch (level._tag) {
    case "Number":
      return level.value;
    case "Relative": {
      const part = level.to === "target" ? parts.target : level.to === "pace" ? parts.pace : parts.compared;
      return part === null ? null : part * level.times + level.plus;
    }
    case "Baseline": {
      const baseline = baselineOf(parts.past);
      return baseline === null ? null : baseline.median + level.mads * baseline.deviation;
    }
  }
};

const isBeyond = (value: number, comparator: Comparator, threshold: number): boolean => {
  switch (comparator) {
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
  }
};

/** How a value stands against a rule's levels. `facts`: how many are behind it. */
export const standingOf = (
  { comparator, minimumCount }: ThresholdCondition,
  value: number | null,
  facts: number,
  threshold: number | null,
  resolveAt: number | null,
): Standing => {
  if (value === null || threshold === null || facts < minimumCount) return "unknown";
  if (isBeyond(value, comparator, threshold)) return "fires";
  return resolveAt !== null && isBeyond(value, comparator, resolveAt) ? "between" : "clear";
};
