import { type BusinessDay, ZoneCalendar } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { celebrationHours } from "./celebration-hours.ts";

const days: ReadonlyArray<BusinessDay> = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  fromMinute: 9 * 60,
  toMinute: 17 * 60,
}));
/** 2026-03-25 is a holiday. */
const isQuiet = celebrationHours(new ZoneCalendar("Europe/Bucharest"), { businessHours: days, holidays: [20_537] });
/** Bucharest is two hours ahead of UTC before the 29th. */
const at = (text: string): number => Date.parse(`2026-03-${text}:00+02:00`);

test("without hours of its own, a board celebrates in business time alone", () => {
  expect(["23T08:59", "23T09:00", "23T16:59", "23T17:00"].map((text) => isQuiet({}, at(text)))).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(isQuiet({}, at("22T12:00"))).toBe(true);
  expect(isQuiet({}, at("25T12:00"))).toBe(true);
});

test("hours of its own go over midnight where they say so, by the workspace's clock", () => {
  const night = { quiet: { fromMinute: 20 * 60, toMinute: 8 * 60 } };
  const times = ["22T19:59", "22T20:00", "23T00:00", "23T07:59", "23T08:00"];
  expect(times.map((text) => isQuiet(night, at(text)))).toEqual([false, true, true, true, false]);
  const noon = { quiet: { fromMinute: 12 * 60, toMinute: 13 * 60 } };
  expect(["23T11:59", "23T12:00", "23T13:00"].map((text) => isQuiet(noon, at(text)))).toEqual([false, true, false]);
});

test("a board without quiet hours celebrates at night", () => {
  expect(isQuiet({ quiet: "never" }, at("22T03:00"))).toBe(false);
});
