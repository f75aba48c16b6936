import type { Workspace } from "@leadwire/funnel";
import type { Temporal } from "temporal-polyfill";
import { dateStartMs, instantMs, localDateTime } from "./local-time.ts";
import { calendar, isoWeekStart, type OracleWindow, type Period, periodOf, sameElapsed, windowOf } from "./window.ts";

export type Comparison = "prior" | "year";

const before = ({ first, length }: Period): Period => ({ first: first.subtract(length), length });

const weeksIn = (isoYear: number): number =>
  isoWeekStart(isoYear, 1).with({ year: isoYear, month: 12, day: 28 }).weekOfYear ?? 52;

/** The week of the same ISO number; a week that begins on another day lies as many days beside it. */
const weekYearBefore = (first: Temporal.PlainDate): Temporal.PlainDate => {
  const { yearOfWeek: year = first.year, weekOfYear: week = 1 } = first.add({ days: 3 });
  const shift = isoWeekStart(year, week).until(first);
  return isoWeekStart(year - 1, Math.min(week, weeksIn(year - 1))).add(shift);
};

const yearBefore = ({ first, length }: Period): Period => ({
  first: length.days === 7 ? weekYearBefore(first) : first.subtract({ years: 1 }),
  length,
});

const comparedPeriod = (period: Period, atMs: number, workspace: Workspace, comparison: Comparison): OracleWindow => {
  const zone = workspace.timeZone;
  const other = comparison === "prior" ? before(period) : yearBefore(period);
  const isRunning =
    dateStartMs(period.first, zone) <= atMs && atMs < dateStartMs(period.first.add(period.length), zone);
  const elapsedIn = ({ first }: Period): number => (isRunning ? sameElapsed(period, first, atMs, zone) : atMs);
  const placed = calendar(other, elapsedIn(other), workspace);
  return placed.prior === null ? placed : { ...placed, prior: { ...placed.prior, atMs: elapsedIn(before(other)) } };
};

/** What a window is compared with: the one before, or the same a calendar year ago; null for `all`. */
export const comparedWindowOf = (
  text: string,
  atMs: number,
  workspace: Workspace,
  comparison: Comparison,
): OracleWindow | null => {
  const period = periodOf(text, atMs, workspace);
  if (period !== null) return comparedPeriod(period, atMs, workspace, comparison);
  const window = windowOf(text, atMs, workspace);
  if (window.fromMs === null || window.toMs === null) return null;
  const yearAgo = (ms: number): number =>
    instantMs(localDateTime(ms, workspace.timeZone).subtract({ years: 1 }), workspace.timeZone);
  const length = window.toMs - window.fromMs;
  const [fromMs, toMs] =
    comparison === "prior" ? [window.fromMs - length, window.fromMs] : [yearAgo(window.fromMs), yearAgo(window.toMs)];
  const isWhole = window.levelMs === window.toMs;
  return {
    ...windowOf(`${new Date(fromMs).toISOString()}..${new Date(toMs).toISOString()}`, atMs, workspace),
    levelMs: isWhole ? toMs : Math.min(toMs, atMs),
  };
};
