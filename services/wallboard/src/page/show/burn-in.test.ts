import { expect, test } from "vitest";
import { shiftAt } from "./burn-in.ts";

test("within twenty minutes the page has stood in nine places, none further than four pixels", () => {
  const places = Array.from({ length: 20 }, (_, minute) => shiftAt(1_700_000_000_000 + minute * 60_000));
  expect(new Set(places.map(String)).size).toBe(9);
  expect(places.every(([x, y]) => Math.abs(x) <= 4 && Math.abs(y) <= 4)).toBe(true);
});
