import { defaultWorkspace, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { parseAt } from "./instant-text.ts";
import { parseWindow } from "./parse-window.ts";
import { placeWindow } from "./place-window.ts";
import type { PlacedWindow, Span } from "./window.ts";

const at = (text: string): number => Date.parse(text);
const iso = (ms: number | null): string => (ms === null ? "open" : new Date(ms).toISOString().replace(":00.000Z", "Z"));

const place = (text: string, atText: string, lines: Partial<Workspace> = {}): PlacedWindow => {
  const workspace = { ...defaultWorkspace, ...lines };
  const spec = parseWindow(text);
  if (isLeft(spec)) throw new Error(spec.left.message);
  return placeWindow(spec.right, at(atText), new ZoneCalendar(workspace.timeZone), workspace);
};
const edges = (span: Span | null): string => (span === null ? "none" : `${iso(span.fromMs)} ${iso(span.toMs)}`);
const both = (window: PlacedWindow): readonly [string, string] => [edges(window), edges(window.prior)];
const bucharest = { timeZone: "Europe/Bucharest" };

test("all is open at both ends and has nothing before it", () => {
  const window = place("all", "2026-03-02T08:00:00Z");
  expect(both(window)).toEqual(["open open", "none"]);
  expect(iso(window.levelMs)).toBe("2026-03-02T08:00Z");
});

test.each([
  ["1h", "2026-03-02T07:05Z 2026-03-02T08:05Z", "2026-03-02T06:05Z 2026-03-02T07:05Z"],
  ["24h", "2026-03-01T08:05Z 2026-03-02T08:05Z", "2026-02-28T08:05Z 2026-03-01T08:05Z"],
  ["7d", "2026-02-23T09:00Z 2026-03-02T09:00Z", "2026-02-16T09:00Z 2026-02-23T09:00Z"],
  ["30d", "2026-01-31T09:00Z 2026-03-02T09:00Z", "2026-01-01T09:00Z 2026-01-31T09:00Z"],
  ["90d", "2025-12-02T09:00Z 2026-03-02T09:00Z", "2025-09-03T09:00Z 2025-12-02T09:00Z"],
  ["365d", "2025-03-02T09:00Z 2026-03-02T09:00Z", "2024-03-02T09:00Z 2025-03-02T09:00Z"],
])("%s ends at the next slice edge", (text, window, prior) => {
  expect(both(place(text, "2026-03-02T08:04:10Z"))).toEqual([window, prior]);
});

test("a rolling window ends where it is asked when that is an edge, and at local hours", () => {
  expect(iso(place("1h", "2026-03-02T08:00:00Z").toMs)).toBe("2026-03-02T08:00Z");
  expect(iso(place("7d", "2026-03-02T08:10:00Z", { timeZone: "Asia/Kolkata" }).toMs)).toBe("2026-03-02T08:30Z");
});

test("7d is 168 hours also over a change of clocks", () => {
  const window = place("7d", "2026-03-30T06:00:00Z", bucharest);
  expect((window.toMs ?? 0) - (window.fromMs ?? 0)).toBe(168 * 3_600_000);
});

test.each([
  ["day", "2026-03-17T22:00Z 2026-03-18T22:00Z"],
  ["week", "2026-03-15T22:00Z 2026-03-22T22:00Z"],
  ["month", "2026-02-28T22:00Z 2026-03-31T21:00Z"],
  ["quarter", "2025-12-31T22:00Z 2026-03-31T21:00Z"],
  ["year", "2025-12-31T22:00Z 2026-12-31T22:00Z"],
])("%s to date is the local period that holds the instant", (text, window) => {
  expect(edges(place(text, "2026-03-18T10:00:00Z", bucharest))).toBe(window);
});

test("a running period is read at the instant, a whole one at its end", () => {
  expect(iso(place("month", "2026-03-18T10:00:00Z").levelMs)).toBe("2026-03-18T10:00Z");
  expect(iso(place("2026-02", "2026-03-18T10:00:00Z").levelMs)).toBe("2026-03-01T00:00Z");
});

test("the prior of a running period ends after the same local time", () => {
  // Clocks went forward in between: 10:00 local is 08:00 UTC before, 07:00 after.
  const window = place("month", "2026-04-10T07:00:00Z", bucharest);
  expect(edges(window.prior)).toBe("2026-02-28T22:00Z 2026-03-31T21:00Z");
  expect(iso(window.prior?.atMs ?? null)).toBe("2026-03-10T08:00Z");
});

test("the prior of a running period does not run past the end of the one before", () => {
  const { prior } = place("month", "2026-03-31T12:00:00Z");
  expect(edges(prior)).toBe("2026-02-01T00:00Z 2026-03-01T00:00Z");
  expect(iso(prior?.atMs ?? null)).toBe("2026-03-03T12:00Z");
});

test("the prior of a whole period is the whole one before", () => {
  expect(both(place("2026-03", "2026-11-01T00:00:00Z"))).toEqual([
    "2026-03-01T00:00Z 2026-04-01T00:00Z",
    "2026-02-01T00:00Z 2026-03-01T00:00Z",
  ]);
  expect(edges(place("2024-02-29", "2026-11-01T00:00:00Z").prior)).toBe("2024-02-28T00:00Z 2024-02-29T00:00Z");
});

test("a period by name that is still running is compared with the same elapsed part", () => {
  expect(iso(place("2026-03", "2026-03-10T00:00:00Z").prior?.atMs ?? null)).toBe("2026-02-10T00:00Z");
});

test("quarters and years are fiscal and named by the year they end in", () => {
  const april = { fiscalYearStartMonth: 4 };
  expect(both(place("2017", "2026-01-01T00:00:00Z", april))).toEqual([
    "2016-04-01T00:00Z 2017-04-01T00:00Z",
    "2015-04-01T00:00Z 2016-04-01T00:00Z",
  ]);
  expect(both(place("2017-Q1", "2026-01-01T00:00:00Z", april))).toEqual([
    "2016-04-01T00:00Z 2016-07-01T00:00Z",
    "2016-01-01T00:00Z 2016-04-01T00:00Z",
  ]);
  expect(edges(place("quarter", "2026-02-10T00:00:00Z", april))).toBe("2026-01-01T00:00Z 2026-04-01T00:00Z");
  expect(edges(place("year", "2026-02-10T00:00:00Z", april))).toBe("2025-04-01T00:00Z 2026-04-01T00:00Z");
});

test("W weeks are ISO weeks, and week_start moves only week", () => {
  const sunday = { weekStart: 7 };
  expect(edges(place("2020-W53", "2026-01-01T00:00:00Z", sunday))).toBe("2020-12-28T00:00Z 2021-01-04T00:00Z");
  expect(edges(place("week", "2026-03-18T00:00:00Z", sunday))).toBe("2026-03-15T00:00Z 2026-03-22T00:00Z");
});

test.each([
  ["Europe/Bucharest", "2026-03-29", 23],
  ["Europe/Bucharest", "2026-10-25", 25],
])("in %s the window %s has %d hours", (timeZone, text, hours) => {
  const window = place(text, "2026-12-01T00:00:00Z", { timeZone });
  expect((window.toMs ?? 0) - (window.fromMs ?? 0)).toBe(hours * 3_600_000);
});

test("a range takes instants with an offset, and dates as local midnights", () => {
  expect(both(place("2026-03-01T10:00:00+02:00..2026-03-02T00:00:00Z", "2026-11-01T00:00:00Z"))).toEqual([
    "2026-03-01T08:00Z 2026-03-02T00:00Z",
    "2026-02-28T16:00Z 2026-03-01T08:00Z",
  ]);
  expect(edges(place("2026-03-01..2026-03-03", "2026-11-01T00:00:00Z", bucharest))).toBe(
    "2026-02-28T22:00Z 2026-03-02T22:00Z",
  );
});

test.each([
  ["2h", ""],
  ["2017-Q5", "quarters are Q1 to Q4"],
  ["2017-13", "months are 01 to 12"],
  ["2025-W53", "2025 has weeks W01 to W52"],
  ["2025-02-29", "that day does not exist"],
  ["2026-03-02..2026-03-01", "TO lies before FROM"],
  ["2026-03-02T10:00:00..2026-03-03", "FROM and TO are instants"],
  ["..", "FROM and TO are instants"],
  ["__proto__", ""],
  ["", ""],
])("refuses %s and lists the forms", (text, why) => {
  const parsed = parseWindow(text);
  const message = isLeft(parsed) ? parsed.left.message : "";
  expect(message).toContain(why);
  expect(message).toContain("FROM..TO");
});

test("--at is now, latest or an instant", () => {
  const calendar = new ZoneCalendar("Europe/Bucharest");
  const read = (text: string, newest: number | null = 500): number | string => {
    const parsed = parseAt(text, 1_000, newest, calendar);
    return isRight(parsed) ? parsed.right : parsed.left._tag;
  };
  expect([read("now"), read("latest"), read("latest", null)]).toEqual([1_000, 501, 1_000]);
  expect(read("2017-07-14T09:00:00Z")).toBe(at("2017-07-14T09:00:00Z"));
  expect(read("2017-07-14")).toBe(at("2017-07-13T21:00:00Z"));
  expect([read("yesterday"), read("2017-07-14T09:00:00"), read("2017-02-30")]).toEqual(Array(3).fill("BadInstant"));
});
