import { dayMs } from "@leadwire/events";
import { defaultWorkspace, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { Converter } from "./converter.ts";

const day = Date.UTC(2026, 5, 10) / dayMs;
const workspace: Workspace = {
  ...defaultWorkspace,
  currency: "EUR",
  timeZone: "Europe/Bucharest",
  rates: [
    { currency: "USD", fromDay: day, rate: "0.9" },
    { currency: "USD", fromDay: day + 10, rate: "0.5" },
    { currency: "JPY", fromDay: day, rate: "0.0061" },
  ],
};
const converter = new Converter(workspace, new ZoneCalendar(workspace.timeZone));
const atMs = day * dayMs + dayMs / 2;

test("the last rate dated on or before the event's local date counts", () => {
  expect(converter.convert(1000, "USD", atMs)).toBe(900);
  expect(converter.convert(1000, "USD", atMs + 10 * dayMs)).toBe(500);
  // 21:00 UTC is midnight in Bucharest: the new rate counts from there on.
  const midnightMs = (day + 10) * dayMs - 3 * 3_600_000;
  expect(converter.convert(1000, "USD", midnightMs - 1)).toBe(900);
  expect(converter.convert(1000, "USD", midnightMs)).toBe(500);
});

test("half of a minor unit is rounded away from zero, and exponents differ", () => {
  expect(converter.convert(5, "USD", atMs)).toBe(5);
  expect(converter.convert(1, "USD", atMs + 10 * dayMs)).toBe(1);
  expect(converter.convert(-1, "USD", atMs + 10 * dayMs)).toBe(-1);
  expect(converter.convert(1000, "JPY", atMs)).toBe(610);
});

test("the workspace's own currency and an absent amount stay as they are", () => {
  expect(converter.convert(1234, "EUR", 0)).toBe(1234);
  expect(converter.convert(Number.NaN, "USD", atMs)).toBeNaN();
});

test("a date before the first rate, or a currency without one, has no answer", () => {
  expect(converter.convert(1, "USD", atMs - 2 * dayMs)).toBeUndefined();
  expect(converter.convert(1, "GBP", atMs)).toBeUndefined();
});
