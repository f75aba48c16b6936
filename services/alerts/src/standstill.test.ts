import { expect, test } from "vitest";
import { Standstill } from "./standstill.ts";

test("after a pause nothing is decided before all tasks were heard of anew, or for some seconds", () => {
  let heardAtMs = 0;
  const standstill = new Standstill((atMs) => heardAtMs >= atMs);
  expect(standstill.isOver(10_000)).toBe(true);
  expect(standstill.isOver(11_000)).toBe(true);
  expect(standstill.isOver(15_000)).toBe(false);
  expect(standstill.isOver(15_400)).toBe(false);
  heardAtMs = 15_100;
  expect(standstill.isOver(15_500)).toBe(true);
  expect(standstill.isOver(30_000)).toBe(false);
  for (const atMs of [31_000, 32_000, 33_000, 34_000, 35_000]) expect(standstill.isOver(atMs)).toBe(false);
  expect(standstill.isOver(35_001)).toBe(true);
});
