import { describe, expect, test } from "vitest";
import { countText, durationText, moneyText, percentText, wholeText } from "./number-text.ts";

describe("numbers for people", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [-1234567, "-1,234,567"],
    [9007199254740991, "9,007,199,254,740,991"],
  ])("groups %d as %s", (value, text) => expect(wholeText(value)).toBe(text));

  test.each([
    [1000553400, "USD", "10,005,534.00 USD"],
    [236090.9, "USD", "2,360.91 USD"],
    [5, "EUR", "0.05 EUR"],
    [-5, "EUR", "-0.05 EUR"],
    [-0.2, "EUR", "0.00 EUR"],
    [1234567, "JPY", "1,234,567 JPY"],
    [1234567, "KWD", "1,234.567 KWD"],
    [1, "XXX", "0.01 XXX"],
  ])("writes %d minor units of %s as %s", (minor, currency, text) => expect(moneyText(minor, currency)).toBe(text));

  test.each([
    [0, "0 s"],
    [4.25, "4.3 s"],
    [59.96, "60 s"],
    [60, "1 min"],
    [192, "3 min 12 s"],
    [3599.7, "60 min"],
    [18_720, "5 h 12 min"],
    [86_400, "1.0 days"],
    [51.78197 * 86_400, "51.8 days"],
    [1234.56 * 86_400, "1,234.6 days"],
    [-192, "-3 min 12 s"],
  ])("writes %d s as %s", (seconds, text) => expect(durationText(seconds)).toBe(text));

  test("writes shares as percent, and counts with decimals only where they have some", () => {
    expect(percentText(0.6315005)).toBe("63.15 %");
    expect(percentText(-12.5)).toBe("-1,250.00 %");
    expect(countText(12)).toBe("12");
    expect(countText(1234.5)).toBe("1,234.50");
  });
});
