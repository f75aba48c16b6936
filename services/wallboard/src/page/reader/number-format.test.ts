import { describe, expect, test } from "vitest";
import { en as texts } from "../texts/en.ts";
import { changeOf } from "./change-against-prior.ts";
import { formatDuration, formatMoney, formatRatio, formatValue } from "./number-format.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

describe("durations", () => {
  test.each([
    [0, "0 s"],
    [0.44, "0.4 s"],
    [9.96, "10 s"],
    [59.4, "59 s"],
    [59.6, "1 min 00 s"],
    [192, "3 min 12 s"],
    [3_599.7, "1 h 00 min"],
    [19_620, "5 h 27 min"],
    [172_800, "2 days"],
    [4_473_961, "51.8 days"],
    [-192, "−3 min 12 s"],
  ])("reads %d seconds as %s", (seconds, expected) => {
    expect(plain(formatDuration(seconds, "en", texts))).toBe(expected);
  });
});

describe("money", () => {
  test.each([
    [128_450_000, "EUR", "en", "€1,284,500"],
    [99_950, "EUR", "en", "€999.50"],
    [2_550, "JPY", "en", "¥2,550"],
    [1_240_560_000, "EUR", "en", "€12.41M"],
    [128_450_000, "RON", "ro", "1.284.500 RON"],
    [-50_000, "USD", "en", "-$500"],
  ])("reads %d minor units of %s in %s as %s", (minor, currency, locale, expected) => {
    expect(plain(formatMoney(minor, currency, locale))).toBe(expected);
  });
});

test("reads ratios with one digit, and none from 100 % on", () => {
  expect(plain(formatRatio(0.63150052, "en"))).toBe("63.2 %");
  expect(plain(formatRatio(1.234, "en"))).toBe("123 %");
});

test("writes the minus of a value as that of its change", () => {
  expect(plain(formatValue(-0.016, { unit: "ratio" }, "en", texts))).toBe("−1.6 %");
  expect(formatValue(-50_000, { unit: "money", currency: "USD" }, "en", texts)).toBe("−$500");
});

test("leaves out the noun of a count and keeps the unit of everything else", () => {
  expect(formatValue(1_143, { unit: "deals" }, "en", texts)).toBe("1,143");
  expect(formatValue(1.854, { unit: "x" }, "en", texts)).toBe("1.85×");
  expect(plain(formatValue(250_000, { unit: "money_per_day", currency: "EUR" }, "en", texts))).toBe("€2,500 / day");
});

describe("change against the prior", () => {
  const change = (
    value: number | null,
    compared: number | null,
    unit = "leads",
    better: "higher" | "lower" | "neither" = "higher",
  ) => {
    const { text, direction, tone } = changeOf({ value, compared, unit, better }, "en", texts);
    return [plain(text), direction, tone];
  };
  test("is relative for counts, money and durations", () => {
    expect(change(112, 100)).toEqual(["+12 %", "up", "better"]);
    expect(change(97.5, 100)).toEqual(["−2.5 %", "down", "worse"]);
    expect(change(1_200, 100)).toEqual(["×12", "up", "better"]);
  });
  test("is in points for ratios", () => {
    expect(change(0.684, 0.652, "ratio")).toEqual(["+3.2 pp", "up", "better"]);
    expect(change(0.1, 0, "ratio")).toEqual(["+10 pp", "up", "better"]);
  });
  test("is good news downwards where lower is better, and no news where neither is", () => {
    expect(change(80, 100, "s", "lower")).toEqual(["−20 %", "down", "better"]);
    expect(change(80, 100, "deals", "neither")).toEqual(["−20 %", "down", "plain"]);
  });
  test("never divides by zero or by nothing", () => {
    expect(change(14, 0)).toEqual(["+14", "up", "better"]);
    expect(change(192, 0, "s", "lower")).toEqual(["+3 min 12 s", "up", "worse"]);
    expect(change(0, 0)).toEqual(["No change", "flat", "plain"]);
    expect(change(5, null)).toEqual(["Nothing to compare", "unknown", "plain"]);
    expect(change(null, 5)).toEqual(["Nothing to compare", "unknown", "plain"]);
  });
});
