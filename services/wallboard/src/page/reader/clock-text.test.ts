import { expect, test } from "vitest";
import { en } from "../texts/en.ts";
import { clockText, roughTime } from "./clock-text.ts";

test.each([
  [-5_000, "0:00"],
  [999, "0:00"],
  [61_000, "1:01"],
  [3_599_999, "59:59"],
  [3_600_000, "1:00:00"],
  [35_999_000, "9:59:59"],
  [36_000_000, "10 h 00 min"],
  [172_799_000, "47 h 59 min"],
  [3 * 86_400_000, "3 days"],
])("reads %d ms as %s", (ms, expected) => {
  expect(clockText(ms, en).replaceAll("\u00a0", " ")).toBe(expected);
});

test.each([
  [59_999, "0 min"],
  [3_599_999, "59 min"],
  [11_640_000, "3 h"],
  [172_799_000, "47 h"],
  [172_800_000, "2 days"],
])("reads %d ms roughly as %s", (ms, expected) => {
  expect(roughTime(ms, en).replaceAll("\u00a0", " ")).toBe(expected);
});
