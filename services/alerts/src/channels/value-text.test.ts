import { expect, test } from "vitest";
import { channelDeps, toldAlert } from "../testing/told-alert.ts";
import { figuresText, valueText } from "./value-text.ts";

const { style } = channelDeps();

test.each([
  [0.214, "ratio", "21.4 %"],
  [300, "s", "5 min"],
  [0, "s", "0 s"],
  [183_845, "s", "2 d 3 h"],
  [31_500, "ms", "32 s"],
  [1_234_500, "money", "€12,345.00"],
  [1500, "money_per_day", "€15.00 a day"],
  [3.256, "x", "3.26 ×"],
  [12, "deals", "12 deals"],
  [12, "", "12"],
  [null, "deals", "no value"],
])("%s in %s reads %s", (value, unit, text) => {
  expect(valueText(value, unit, style)).toBe(text);
});

test("an alert without figures says nothing of them", () => {
  expect(figuresText(toldAlert({ value: null, threshold: null }), style)).toBe("");
});
