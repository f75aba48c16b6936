import { describe, expect, test } from "vitest";
import type { Comparator, Level } from "../rule/rule.ts";
import { thresholdRule } from "../testing/threshold-world.ts";
import { baselineOf, standingOf, thresholdOf } from "./threshold-standing.ts";

describe("a value against its levels", () => {
  test.each<[string, Comparator, level: number, resolve: number, value: number | null, standing: string]>([
    ["below the level", "<", 0.25, 0.3, 0.24, "fires"],
    ["on the level", "<", 0.25, 0.3, 0.25, "between"],
    ["on the way back", "<", 0.25, 0.3, 0.29, "between"],
    ["at the level to resolve at", "<", 0.25, 0.3, 0.3, "clear"],
    ["on the level, which counts", "<=", 0.25, 0.25, 0.25, "fires"],
    ["past the only level", "<=", 0.25, 0.25, 0.26, "clear"],
    ["above the level", ">", 5, 3, 6, "fires"],
    ["falling back", ">", 5, 3, 4, "between"],
    ["fallen back", ">", 5, 3, 3, "clear"],
    ["on the level from above", ">=", 5, 5, 5, "fires"],
    ["without a value", "<", 0.25, 0.3, null, "unknown"],
  ])("%s: %s %d, resolved at %d, found %s: %s", (_, comparator, level, resolve, value, standing) => {
    const { condition } = thresholdRule({ metric: "win_rate", window: "30d", comparator, level, resolve });
    expect(standingOf(condition, value, 1, level, resolve)).toBe(standing);
  });

  test("few facts say nothing, however bad they look", () => {
    const { condition } = thresholdRule({ metric: "win_rate", window: "30d", minimum: 20 });
    expect(standingOf(condition, 0, 19, 0.25, 0.25)).toBe("unknown");
    expect(standingOf(condition, 0, 20, 0.25, 0.25)).toBe("fires");
  });
});

describe("what a level stands for", () => {
  const parts = { compared: 200, target: 1_000, pace: 400, past: [10, 12, 11, 50] };
  test.each<[Level, number | null]>([
    [{ _tag: "Number", value: 0.25 }, 0.25],
    [{ _tag: "Relative", to: "prior", times: 0.5, plus: 0 }, 100],
    [{ _tag: "Relative", to: "year", times: 1, plus: -20 }, 180],
    [{ _tag: "Relative", to: "target", times: 0.8, plus: 0 }, 800],
    [{ _tag: "Relative", to: "pace", times: 1, plus: -0.1 }, 399.9],
    [{ _tag: "Baseline", weeks: 4, mads: -3 }, 11.5 - 3],
  ])("%o", (level, threshold) => {
    expect(thresholdOf(level, parts)).toBe(threshold);
    const nothing = { compared: null, target: null, pace: null, past: [] };
    expect(thresholdOf(level, nothing)).toBe(level._tag === "Number" ? 0.25 : null);
  });

  test("the usual value is the median, so that one week of holidays moves it by nothing", () => {
    expect(baselineOf([10, 12, 0, 11, 11])).toEqual({ median: 11, deviation: 1 });
    expect(baselineOf([10, 12])).toBeNull();
  });
});
