import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import type { SourceHeard } from "@leadwire/stream";
import { describe, expect, test } from "vitest";
import type { Condition } from "../rule/rule.ts";
import { alertRule } from "../testing/alert-rules.ts";
import { EngineEvaluator } from "./engine-evaluator.ts";
import { NoDataEvaluator } from "./no-data-evaluator.ts";

const minuteMs = 60_000;
const at = (clock: string): number => Date.parse(`2026-06-01T${clock}Z`);
const ruleOf = (condition: Condition) => alertRule({ condition });

describe("a source that is silent", () => {
  const open = (condition: Condition, heard: Map<string, SourceHeard>) =>
    new NoDataEvaluator({
      rules: [ruleOf(condition)],
      sources: { sourceNames: () => [...heard.keys()], sourceHeard: (source) => heard.get(source) },
      calendar: new ZoneCalendar("UTC"),
      workspace: defaultWorkspace,
    });
  const seen = (evaluator: NoDataEvaluator, atMs: number) =>
    evaluator.observe(atMs).map(({ group, standing, atMs: since }) => `${group.source} ${standing} ${since}`);
  const heardAt = (source: string, clock: string, usualSilenceMs: number | null = null) =>
    [source, { source, lastMs: at(clock), usualSilenceMs }] as const;

  test("fires at the end of its patience, and is clear from when it was heard of again", () => {
    const heard = new Map([heardAt("web", "10:00"), heardAt("crm", "10:50")]);
    const evaluator = open({ _tag: "NoData", source: null, patience: { _tag: "Clock", ms: 60 * minuteMs } }, heard);
    expect(seen(evaluator, at("10:59:59"))).toEqual([]);
    expect(evaluator.nextDueMs()).toBe(at("11:00:00"));
    expect(seen(evaluator, at("11:00:00"))).toEqual([`web fires ${at("11:00")}`]);
    heard.set(...heardAt("web", "11:05"));
    expect(seen(evaluator, at("11:06"))).toEqual([`web clear ${at("11:05")}`]);
    expect(seen(evaluator, at("11:07"))).toEqual([]);
  });

  test("is given half as much again as is usual, in business time, and has to have habits", () => {
    const heard = new Map([heardAt("web", "16:30", 40 * minuteMs), heardAt("new", "09:00")]);
    const evaluator = open({ _tag: "NoData", source: null, patience: { _tag: "Usual" } }, heard);
    const tuesdayMs = 24 * 60 * minuteMs;
    expect(seen(evaluator, at("09:29:59") + tuesdayMs)).toEqual([]);
    expect(seen(evaluator, at("09:31") + tuesdayMs)).toEqual([`web fires ${at("09:30") + tuesdayMs}`]);
  });

  test("is waited for no sooner than it was first heard of", () => {
    const evaluator = open({ _tag: "NoData", source: "web", patience: { _tag: "Clock", ms: 1 } }, new Map());
    expect(evaluator.isWhole(ruleOf({ _tag: "NoData", source: "web", patience: { _tag: "Usual" } }))).toBe(false);
    expect(seen(evaluator, at("10:00"))).toEqual([]);
    expect(evaluator.isWhole(ruleOf({ _tag: "NoData", source: "web", patience: { _tag: "Usual" } }))).toBe(true);
  });
});

describe("the engine's own health", () => {
  const health = { lag: { ms: 0, isAtLeast: true }, since: 0 };
  const open = (condition: Condition) =>
    new EngineEvaluator({
      rules: [ruleOf(condition)],
      health: {
        lag: () => health.lag,
        quarantinedSince: (fromMs) => {
          health.since = fromMs;
          return 11;
        },
      },
    });

  test("lag fires beyond the level and is clear at it once all tasks were heard of, each second, also while the engine is behind", () => {
    const evaluator = open({ _tag: "Engine", what: "lag", above: 30_000, windowMs: 0 });
    expect(evaluator.isAlways).toBe(true);
    const standings: Array<string> = [];
    const lags = [
      [30_000, true],
      [30_001, true],
      [30_001, false],
      [30_000, false],
    ] as const;
    for (const [n, [ms, isAtLeast]] of lags.entries()) {
      health.lag = { ms, isAtLeast };
      for (const { standing, value, unit } of evaluator.observe(n * 1_000))
        standings.push(`${standing} ${value} ${unit}`);
      expect(evaluator.observe(n * 1_000 + 999)).toEqual([]);
    }
    expect(standings).toEqual(["fires 30.001 s", "fires 30.001 s", "clear 30 s"]);
  });

  test("records put aside count within the window", () => {
    const evaluator = open({ _tag: "Engine", what: "quarantine", above: 10, windowMs: 3_600_000 });
    expect(evaluator.observe(10_000_000)).toMatchObject([{ standing: "fires", value: 11, threshold: 10 }]);
    expect(health.since).toBe(6_400_000);
  });
});
