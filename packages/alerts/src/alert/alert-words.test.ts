import { describe, expect, test } from "vitest";
import type { AlertRule } from "../rule/rule.ts";
import { alertRule } from "../testing/alert-rules.ts";
import { observationOf } from "../testing/scripted-evaluator.ts";
import { type RulePart, thresholdRule } from "../testing/threshold-world.ts";
import { explainOf, summaryOf } from "./alert-words.ts";

const rule = (metric: string, window: string, more: Partial<RulePart> = {}): AlertRule => ({
  ...thresholdRule({ metric, window, ...more }),
  summary: "{{ team }}: {{value}} ({{numerator}} of {{denominator}}), level {{threshold}}, {{who}}",
});

const numbers = (value: number | null, numerator: number | null, denominator: number | null, threshold: number) => ({
  value,
  numerator,
  denominator,
  threshold,
});

describe("a summary", () => {
  test.each([
    ["win_rate", "ratio", undefined, numbers(0.2, 10, 50, 0.25), "north: 20.00 % (10 of 50), level 25.00 %, –"],
    [
      "lead_response_time",
      "s",
      undefined,
      numbers(200, 400, 2, 300),
      "north: 3 min 20 s (6 min 40 s of 2), level 5 min, –",
    ],
    [
      "average_deal_size",
      "money",
      "EUR",
      numbers(1_200_000, 2_400_000, 2, 500_000),
      "north: 12,000.00 EUR (24,000.00 EUR of 2), level 5,000.00 EUR, –",
    ],
    ["new_leads", "leads", undefined, numbers(1200, null, 1200, 2000), "north: 1,200 (– of 1,200), level 2,000, –"],
    ["win_rate", "ratio", undefined, numbers(null, 0, 0, 0.25), "north: – (0 of 0), level 25.00 %, –"],
  ])("says %s in %s as people read it", (metric, unit, currency, measured, expected) => {
    const all = { ...measured, unit, ...(currency === undefined ? {} : { currency }) };
    expect(summaryOf(rule(metric, "30d"), { team: "north" }, all)).toBe(expected);
  });

  test("a label may not take a number's place", () => {
    const measured = { ...numbers(0.2, 1, 5, 0.25), unit: "ratio" };
    expect(summaryOf(alertRule({ summary: "{{value}}" }), { value: "much" }, measured)).toBe("20.00 %");
  });
});

describe("the command that explains a value", () => {
  const atMs = Date.UTC(2026, 2, 2, 9, 5);
  const seen = (alert: AlertRule, group: Readonly<Record<string, string>>, readAtMs?: number) =>
    observationOf(alert, { standing: "fires", atMs, group, ...(readAtMs === undefined ? {} : { readAtMs }) });

  test("names metric, window, group, filters and instant", () => {
    const north = rule("win_rate", "30d", { by: ["team"], where: [["region", "East Side"]] });
    expect(explainOf(north, seen(north, { team: "north" }))).toBe(
      "npx leadwire explain win_rate --window 30d --group team=north --where 'region=East Side' --at 2026-03-02T09:05:00.000Z",
    );
  });

  test("asks at the instant that the value was read at", () => {
    const company = rule("lead_response_time.p90", "month");
    expect(explainOf(company, seen(company, {}, atMs + 59_999))).toBe(
      "npx leadwire explain lead_response_time.p90 --window month --at 2026-03-02T09:05:59.999Z",
    );
  });

  test("cannot be broken out of by a group's name", () => {
    const north = rule("win_rate", "30d", { by: ["team"] });
    expect(explainOf(north, seen(north, { team: "it's; rm" }))).toContain(`--group 'team=it'\\''s; rm' --at`);
  });

  test("is empty for what is no metric", () => {
    const silent = alertRule();
    expect(explainOf(silent, seen(silent, { source: "web" }))).toBe("");
  });
});
