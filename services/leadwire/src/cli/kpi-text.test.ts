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
    expect(text.split("\n").slice(2, 14)).toEqual([
      "rep          value  from    compared                  change",
      "──────  ──────────  ────  ──────────  ──────────────────────",
      "ana     800.00 USD     2  500.00 USD  +300.00 USD (+60.00 %)",
      "bogdan    0.00 USD     0    0.00 USD                0.00 USD",
      "",
      "rep          value        target  attained      by now         gap",
      "──────  ──────────  ────────────  ────────  ──────────  ──────────",
      "ana     800.00 USD  1,000.00 USD   80.00 %  500.00 USD  200.00 USD",
      "bogdan    0.00 USD",
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

  test("names no cases where there are none: a weighed sum's scale, movements of accounts that stay or leave", () => {
    const money = { unit: "money", currency: "EUR" } as const;
    const weighed = { ...money, value: 1_065_730, numerator: 10_657_300_000, denominator: 10_000 };
    expect(basisText(answer(weighed))).toBe("");
    expect(basisText(answer({ ...money, value: null, denominator: 1, count: 167 }))).toBe("167");
    expect(basisText(answer({ ...money, value: 74_361, count: 0 }))).toBe("");
    expect(basisText(answer({ ...money, value: -33_767, count: -1 }))).toBe("");
    expect(basisText(answer({ ...money, value: 0, count: 0 }))).toBe("0");
  });

  test("shows the part that is missing as a dash, and the other one in its unit", () => {
    const unknown = { value: null, unit: "x", currency: "EUR", denominator: 36_733.27 } as const;
    expect(basisText(answer(unknown))).toBe("– / 367.33 EUR");
  });

  test("tells business time in hours: a day of 24 h would be three working days", () => {
    const mean = { unit: "s", statistic: "stage_business_mean", value: 578_880 } as const;
    expect(valueText(answer(mean))).toBe("160.8 h");
    expect(valueText(answer({ ...mean, statistic: "stage_mean" }))).toBe("6.7 days");
    expect(differenceText(-90_000, answer(mean))).toBe("-25.0 h");
  });

  test("has no share of a change of scores, which lie on both sides of 0", () => {
    const compare = { value: 30, window: { from: null, to: null } };
    const text = kpiText([answer({ unit: "score", value: -33, compare, change: -63, change_ratio: -2.1 })], "UTC");
    expect(text).toMatch(/ -63$/mu);
  });

  test("keeps to a terminal's width: notes go below the table, and targets into one of their own", () => {
    const compare = { value: 26_444_150, window: { from: null, to: null } };
    const sales = (team: string, change: Partial<KpiAnswer> = {}): KpiAnswer =>
      answer({
        ...{ metric: "sales", group: { team }, value: 23_542_805, unit: "money", currency: "EUR", count: 58 },
        ...{ compare, change: -2_901_345, change_ratio: -0.1097, flags: ["missing_cost"] },
        ...change,
      });
    const target = { target: 24_000_000, attainment: 0.981, expected: 17_142_857, gap: 457_195 };
    const text = kpiText([sales("north", target), sales("south", target)], "UTC");
    expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
    expect(text.match(/^team .*$/gmu)).toHaveLength(2);
    expect(text).toContain("note            sales without a cost left out");

    const long = [sales("the team of the far north", target), sales("south", { flags: ["small_sample"] })];
    const named = kpiText(long, "UTC");
    expect(named).toContain("note            the team of the far north: sales without a cost left out");
    expect(named).toContain("note            south: fewer than 10 cases");
  });
});
