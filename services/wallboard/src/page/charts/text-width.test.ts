import { expect, test } from "vitest";
import { textWidthEm, widestEm } from "./text-width.ts";

test("takes a letter of an ideographic script for a square, and a mark over a letter for nothing", () => {
  expect(textWidthEm("業務")).toBe(2);
  expect(textWidthEm("a\u0306")).toBe(textWidthEm("a"));
  expect(textWidthEm("ill")).toBeLessThan(textWidthEm("mmm"));
  expect(widestEm(["a", "業務團隊", ""])).toBe(4);
  expect(widestEm([])).toBe(0);
});
