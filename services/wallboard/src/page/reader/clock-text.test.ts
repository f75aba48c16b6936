import { expect, test } from "vitest";
import { en } from "../texts/en.ts";
import { clockText } from "./clock-text.ts";

test.each([
  [-5_000, "0:00"],
  [999, "0:00"],
  [61_000, "1:01"],
  [3_599_999, "59:59"],
  [3_600_000, "1:00:00"],
  [172_799_000, "47:59:59"],
  [3 * 86_400_000, "3 days"],
])("reads %d ms as %s", (ms, expected) => {
  expect(clockText(ms, en).replace("\u00a0", " ")).toBe(expected);
});
