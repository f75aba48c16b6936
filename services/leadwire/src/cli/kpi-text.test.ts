import type { KpiAnswer } from "@leadwire/kpis";
import { describe, expect, test } from "vitest";
import { basisText, differenceText, noteText, valueText } from "./kpi-number-text.ts";
import { kpiText } from "./kpi-text.ts";

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

  test("shows the compared window, the change, the target and the gap, and no column that nobody has anything for", () => {
    const month = { from: "2026-03-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" };
    const before = { from: "2026-02-01T00:00:00.000Z", to: "2026-03-01T00:00:00.000Z" };
    const money = { metric: "sales", unit: "money", currency: "USD", window: month } as const;
    const text = kpiText(
      [
        answer({
          ...{ ...money, group: { rep: "ana" }, value: 80_000, count: 2 },
          ...{ target: 100_000, attainment: 0.8, expected: 50_000, gap: 20_000 },
          ...{ compare: { value: 50_000, window: before }, change: 30_000, change_ratio: 0.6 },
        }),
        answer({
          ...{ ...money, group: { rep: "bogdan" }, value: 0, count: 0 },
          ...{ compare: { value: 0, window: before }, change: 0, change_ratio: null },
        }),
      ],
      "UTC",
    );
    expect(text.split("\n").slice(2, 9)).toEqual([
      "rep          value  from    compared                  change        target  attained      by now         gap",
      "──────  ──────────  ────  ──────────  ──────────────────────  ────────────  ────────  ──────────  ──────────",
      "ana     800.00 USD     2  500.00 USD  +300.00 USD (+60.00 %)  1,000.00 USD   80.00 %  500.00 USD  200.00 USD",
      "bogdan    0.00 USD     0    0.00 USD                0.00 USD",
      "",
      "window          2026-03-01 00:00 to 2026-04-01 00:00 (UTC)",
      "compared with   2026-02-01 00:00 to 2026-03-01 00:00 (UTC)",
    ]);
    const all = answer({ compare: null, change: null, change_ratio: null });
    expect(kpiText([all], "UTC")).toContain("compared with   nothing: no window lies before");
  });

  test("tells differences of shares in percentage points, and multiples, months and money a day in words", () => {
    expect(differenceText(0.05, { unit: "ratio" })).toBe("+5.00 pp");
    expect(differenceText(-90, { unit: "s" })).toBe("-1 min 30 s");
    expect(valueText(answer({ value: 3.2, unit: "x", currency: "USD" }))).toBe("3.20 ×");
    expect(valueText(answer({ value: 12, unit: "months", currency: "USD" }))).toBe("12 months");
    expect(valueText(answer({ value: 50_000, unit: "money_per_day", currency: "USD" }))).toBe("500.00 USD a day");
    const coverage = answer({ unit: "x", currency: "USD", numerator: 300, denominator: 100 });
    expect(basisText(coverage)).toBe("3.00 USD / 1.00 USD");
  });

  test("says how many facts a caution is about", () => {
    expect(noteText(answer({ flags: ["amounts_left_out"], flag_counts: { amounts_left_out: 1_200 } }))).toBe(
      "deals without an amount left out (1,200)",
    );
    expect(noteText(answer({ flags: ["no_forecast"], missing: 2 }))).toBe(
      "no forecast from before the period; 2 with sales but no forecast",
    );
  });
});
