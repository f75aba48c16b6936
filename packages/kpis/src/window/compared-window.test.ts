import { defaultWorkspace, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { elapsedShare, monthsOf } from "./business-days.ts";
import { parseWindow } from "./parse-window.ts";
import { type Comparison, comparedWindow, placeWindow } from "./place-window.ts";
import type { PlacedWindow } from "./window.ts";

const iso = (ms: number | null): string => (ms === null ? "open" : new Date(ms).toISOString().replace(":00.000Z", "Z"));

interface Asked {
  readonly window: string;
  readonly at: string;
  readonly with: Comparison;
  readonly lines?: Partial<Workspace>;
}

const placed = ({ window, at, lines }: Omit<Asked, "with">): readonly [PlacedWindow, ZoneCalendar, Workspace] => {
  const workspace = { ...defaultWorkspace, ...lines };
  const calendar = new ZoneCalendar(workspace.timeZone);
  const spec = parseWindow(window);
  if (isLeft(spec)) throw new Error(spec.left.message);
  return [placeWindow(spec.right, Date.parse(at), calendar, workspace), calendar, workspace];
};

/** from, to, the instant levels are read at. */
const compared = (asked: Asked): string => {
  const [window, calendar, workspace] = placed(asked);
  const other = comparedWindow(window, asked.with, calendar, workspace);
  return other === null ? "none" : [other.fromMs, other.toMs, other.levelMs].map(iso).join(" ");
};

test.each<[string, string, Comparison, string]>([
  ["2026-03", "2026-06-01T00:00Z", "prior", "2026-02-01T00:00Z 2026-03-01T00:00Z 2026-03-01T00:00Z"],
  ["2026-03", "2026-06-01T00:00Z", "year", "2025-03-01T00:00Z 2025-04-01T00:00Z 2025-04-01T00:00Z"],
  ["2026-Q1", "2026-06-01T00:00Z", "year", "2025-01-01T00:00Z 2025-04-01T00:00Z 2025-04-01T00:00Z"],
  ["2026", "2027-06-01T00:00Z", "year", "2025-01-01T00:00Z 2026-01-01T00:00Z 2026-01-01T00:00Z"],
  // ISO week 10 of each year, and the last week where the year before has no week 53.
  ["2026-W10", "2026-06-01T00:00Z", "year", "2025-03-03T00:00Z 2025-03-10T00:00Z 2025-03-10T00:00Z"],
  ["2026-W53", "2027-06-01T00:00Z", "year", "2025-12-22T00:00Z 2025-12-29T00:00Z 2025-12-29T00:00Z"],
  ["2024-02-29", "2026-06-01T00:00Z", "year", "2023-02-28T00:00Z 2023-03-01T00:00Z 2023-03-01T00:00Z"],
  ["7d", "2026-03-02T09:00Z", "prior", "2026-02-16T09:00Z 2026-02-23T09:00Z 2026-02-23T09:00Z"],
  ["7d", "2026-03-02T09:00Z", "year", "2025-02-23T09:00Z 2025-03-02T09:00Z 2025-03-02T09:00Z"],
  ["2026-01-10..2026-01-20", "2026-06-01T00:00Z", "prior", "2025-12-31T00:00Z 2026-01-10T00:00Z 2026-01-10T00:00Z"],
  ["2026-01-10..2026-01-20", "2026-06-01T00:00Z", "year", "2025-01-10T00:00Z 2025-01-20T00:00Z 2025-01-20T00:00Z"],
])("%s at %s is compared with its %s", (window, at, comparison, expected) => {
  expect(compared({ window, at, with: comparison })).toBe(expected);
});

test("a running period is compared with the same elapsed part, clipped at the other's end", () => {
  const at = "2026-03-31T12:00Z";
  expect(compared({ window: "month", at, with: "prior" })).toBe(
    "2026-02-01T00:00Z 2026-03-01T00:00Z 2026-03-01T00:00Z",
  );
  expect(compared({ window: "month", at, with: "year" })).toBe("2025-03-01T00:00Z 2025-04-01T00:00Z 2025-03-31T12:00Z");
  expect(compared({ window: "2026-03", at, with: "year" })).toBe(compared({ window: "month", at, with: "year" }));
});

test("a year ago is at the same local time, and a moved week stays moved", () => {
  const bucharest = { timeZone: "Europe/Bucharest" };
  // Summer time begins on 29 March 2026 and on 30 March 2025: 12:00 local is 09:00 UTC now, 10:00 UTC a year ago.
  expect(compared({ window: "24h", at: "2026-03-29T09:00Z", with: "year", lines: bucharest })).toBe(
    "2025-03-28T09:00Z 2025-03-29T10:00Z 2025-03-29T10:00Z",
  );
  const sundays = { weekStart: 7 };
  expect(compared({ window: "week", at: "2026-03-04T00:00Z", with: "year", lines: sundays })).toBe(
    "2025-03-02T00:00Z 2025-03-09T00:00Z 2025-03-05T00:00Z",
  );
  expect(compared({ window: "week", at: "2026-03-04T00:00Z", with: "prior", lines: sundays })).toBe(
    "2026-02-22T00:00Z 2026-03-01T00:00Z 2026-02-25T00:00Z",
  );
});

test("fiscal quarters keep their name a year earlier, and all has nothing to be compared with", () => {
  const fiscal = { fiscalYearStartMonth: 4 };
  expect(compared({ window: "2026-Q1", at: "2027-06-01T00:00Z", with: "year", lines: fiscal })).toBe(
    "2024-04-01T00:00Z 2024-07-01T00:00Z 2024-07-01T00:00Z",
  );
  for (const comparison of ["prior", "year"] as const) {
    expect(compared({ window: "all", at: "2026-03-04T00:00Z", with: comparison })).toBe("none");
  }
});

test("a calendar period is named as a plan names it, by name and to date", () => {
  const textOf = (window: string, lines: Partial<Workspace> = {}): string | undefined =>
    placed({ window, at: "2026-05-20T00:00Z", lines })[0].period?.text;
  expect(["2026-05", "month", "quarter", "year"].map((window) => textOf(window))).toEqual([
    "2026-05",
    "2026-05",
    "2026-Q2",
    "2026",
  ]);
  expect(textOf("quarter", { fiscalYearStartMonth: 4 })).toBe("2027-Q1");
  expect([textOf("week"), textOf("30d"), textOf("all")]).toEqual(["", undefined, undefined]);
});

test("pace goes by business days begun, that of the instant included, holidays not", () => {
  const holidays = [Date.parse("2026-03-02T00:00:00Z") / 86_400_000];
  const shareAt = (at: string): string => {
    const [{ period }, calendar, workspace] = placed({ window: "2026-03", at, lines: { holidays } });
    const share = period === null ? null : elapsedShare(period, Date.parse(at), calendar, workspace);
    return share === null ? "none" : `${share.n}/${share.d}`;
  };
  // 22 weekdays in March 2026, without the holiday on Monday the 2nd.
  expect(shareAt("2026-02-20T12:00Z")).toBe("0/21");
  expect(shareAt("2026-03-02T12:00Z")).toBe("0/21");
  expect(shareAt("2026-03-03T00:00Z")).toBe("1/21");
  expect(shareAt("2026-03-08T12:00Z")).toBe("4/21");
  expect(shareAt("2026-04-01T00:00Z")).toBe("21/21");
});

test("calendar windows have whole months, others as many as their length holds mean ones", () => {
  const months = (window: string): number | null => {
    const length = monthsOf(placed({ window, at: "2026-03-10T00:00Z" })[0]);
    return length === null ? null : Number(length.n) / Number(length.d);
  };
  expect([months("2026-02"), months("month"), months("2026-Q1"), months("2026")]).toEqual([1, 1, 3, 12]);
  expect(months("365d")).toBeCloseTo(11.99, 2);
  expect(months("week")).toBeCloseTo(0.23, 2);
  expect(months("all")).toBeNull();
});
