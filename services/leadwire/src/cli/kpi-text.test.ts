import type { KpiAnswer } from "@leadwire/kpis";
import { describe, expect, test } from "vitest";
import { basisText, kpiText, valueText } from "./kpi-text.ts";

const answer = (change: Partial<KpiAnswer>): KpiAnswer => ({
  metric: "win_rate",
  group: {},
  value: 0.5,
  unit: "ratio",
  window: { from: null, to: "2017-12-31T00:00:00.000Z" },
  formula_version: 1,
  complete_through: "2017-12-30T00:00:00.000Z",
  flags: [],
  ...change,
});

describe("a KPI for people", () => {
  test("says what the value was made from, in the unit of its parts", () => {
    expect(basisText(answer({ numerator: 4238, denominator: 6711 }))).toBe("4,238 / 6,711");
    expect(basisText(answer({ unit: "money", currency: "USD", numerator: 500, denominator: 2 }))).toBe("5.00 USD / 2");
    const growth = answer({ currency: "USD", numerator: 500, denominator: 1000, difference_minor: -500 });
    expect(basisText(growth)).toBe("5.00 USD / 10.00 USD");
    expect(basisText(answer({ unit: "s", numerator: 9, denominator: 3 }))).toBe("3");
    expect(basisText(answer({ unit: "leads" }))).toBe("");
  });

  test("shows no value as a dash, never as 0, with the reason in words", () => {
    const none = answer({ value: null, unit: "s", flags: ["no_activity_data"] });
    expect(valueText(none)).toBe("–");
    expect(kpiText([none], "UTC")).toContain("no activity was ever logged");
  });

  test("says so when every event is from before the window", () => {
    const year = { from: "2026-01-01T00:00:00.000Z", to: "2027-01-01T00:00:00.000Z" };
    expect(kpiText([answer({ value: null, window: year })], "UTC")).toContain("--at latest");
    expect(kpiText([answer({ window: { ...year, from: "2017-12-30T00:00:00.000Z" } })], "UTC")).not.toContain("--at");
    expect(kpiText([answer({})], "UTC")).not.toContain("--at");
  });

  test("has a column per dimension, the window and how far the data reach", () => {
    const text = kpiText(
      [
        answer({ group: { region: "East", team: "a" } }),
        answer({ group: { region: "West", team: "(none)" }, value: 0.25, flags: ["small_sample"] }),
      ],
      "Europe/Warsaw",
    );
    expect(text.split("\n")).toEqual([
      "win_rate  (2 groups)",
      "",
      "region  team      value  note",
      "──────  ──────  ───────  ───────────────────",
      "East    a       50.00 %",
      "West    (none)  25.00 %  fewer than 10 cases",
      "",
      "window          up to 2017-12-31 01:00 (Europe/Warsaw)",
      "complete to     2017-12-30 01:00 (Europe/Warsaw)",
      "",
    ]);
    expect(kpiText([], "UTC")).toBe(
      "No group has any fact in this window. Without --by, the answer shows how far the data reach.\n",
    );
  });
});
