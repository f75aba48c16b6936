import type { Workspace } from "@leadwire/funnel";
import { Temporal } from "temporal-polyfill";
import { ceilLocalHourMs, dateStartMs, instantMs, localDate, localDateTime } from "./local-time.ts";
import { type Exact, exactly, over } from "./rational.ts";

/** From included, to excluded, null where open; and nothing later than `atMs`. */
export interface Span {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly atMs: number;
}

export interface OracleWindow extends Span {
  /** The instant that levels are read at and ages are measured to: they count what lies before it. */
  readonly levelMs: number;
  readonly prior: Span | null;
  /** As targets name it: `2017`, `2017-Q3`, `2017-07`; null for any other window. */
  readonly period: string | null;
  /** How long it is: calendar months as they are, any other length by the mean month; null where it is open. */
  readonly months: Exact;
}

/** 365.25 / 12 days. */
const meanMonthMs = 2_629_800_000;
const monthsOfMs = (ms: number): Exact => over(exactly(ms), exactly(meanMonthMs));

const hourMs = 3_600_000;
const minuteMs = 60_000;
const rollingHours: Readonly<Record<string, number>> = {
  "1h": 1,
  "24h": 24,
  "7d": 7 * 24,
  "30d": 30 * 24,
  "90d": 90 * 24,
  "365d": 365 * 24,
};

const rolling = (hours: number, atMs: number, zone: string): OracleWindow => {
  const toMs = hours <= 24 ? Math.ceil(atMs / minuteMs) * minuteMs : ceilLocalHourMs(atMs, zone);
  const length = hours * hourMs;
  const fromMs = toMs - length;
  const prior = { fromMs: fromMs - length, toMs: fromMs, atMs };
  return { fromMs, toMs, atMs, levelMs: toMs, prior, period: null, months: monthsOfMs(length) };
};

/** A calendar period. */
export interface Period {
  readonly first: Temporal.PlainDate;
  readonly length: { readonly days?: number; readonly months?: number };
}

const dayPeriod = (first: Temporal.PlainDate): Period => ({ first, length: { days: 1 } });
const weekPeriod = (first: Temporal.PlainDate): Period => ({ first, length: { days: 7 } });
const monthsPeriod = (first: Temporal.PlainDate, months: number): Period => ({ first, length: { months } });

/** A fiscal year is named by the year it ends in. */
const fiscalYearStart = (year: number, { fiscalYearStartMonth: month }: Workspace): Temporal.PlainDate =>
  new Temporal.PlainDate(month === 1 ? year : year - 1, month, 1);

const backTo = (date: Temporal.PlainDate, isFirst: (date: Temporal.PlainDate) => boolean): Temporal.PlainDate =>
  isFirst(date) ? date : backTo(date.subtract({ days: 1 }), isFirst);

/** The calendar period that a date lies in. */
const runningPeriod = (name: string, today: Temporal.PlainDate, workspace: Workspace): Period | null => {
  const start = workspace.fiscalYearStartMonth;
  switch (name) {
    case "day":
      return dayPeriod(today);
    case "week":
      return weekPeriod(backTo(today, (date) => date.dayOfWeek === workspace.weekStart));
    case "month":
      return monthsPeriod(today.with({ day: 1 }), 1);
    case "quarter":
      return monthsPeriod(
        backTo(today.with({ day: 1 }), (date) => date.day === 1 && (date.month - start + 12) % 3 === 0),
        3,
      );
    case "year":
      return monthsPeriod(
        backTo(today.with({ day: 1 }), (date) => date.day === 1 && date.month === start),
        12,
      );
    default:
      return null;
  }
};

/** ISO week 1 is the one with 4 January in it. */
export const isoWeekStart = (year: number, week: number): Temporal.PlainDate =>
  backTo(new Temporal.PlainDate(year, 1, 4), (date) => date.dayOfWeek === 1).add({ weeks: week - 1 });

const namedPeriod = (name: string, workspace: Workspace): Period | null => {
  const [, year, quarter, week, month, day] =
    /^(\d{4})(?:-Q([1-4])|-W(\d{2})|-(\d{2})(?:-(\d{2}))?)?$/.exec(name)?.map(Number) ?? [];
  if (year === undefined) return null;
  const stated = (part: number | undefined): part is number => part !== undefined && !Number.isNaN(part);
  if (stated(quarter)) {
    return monthsPeriod(fiscalYearStart(year, workspace).add({ months: 3 * (quarter - 1) }), 3);
  }
  if (stated(week)) return weekPeriod(isoWeekStart(year, week));
  if (stated(month) && stated(day)) return dayPeriod(new Temporal.PlainDate(year, month, day));
  if (stated(month)) return monthsPeriod(new Temporal.PlainDate(year, month, 1), 1);
  return monthsPeriod(fiscalYearStart(year, workspace), 12);
};

/** Of a running period: as much local time of the one before as has passed of this one, clipped at its end. */
export const sameElapsed = (period: Period, before: Temporal.PlainDate, atMs: number, zone: string): number => {
  const elapsed = localDateTime(atMs, zone).since(period.first.toPlainDateTime(), { largestUnit: "day" });
  return instantMs(before.toPlainDateTime().add(elapsed), zone);
};

const twoDigits = (number: number): string => String(number).padStart(2, "0");

const nameOf = ({ first, length: { months } }: Period, { fiscalYearStartMonth: start }: Workspace): string | null => {
  const fiscalYear = start > 1 && first.month >= start ? first.year + 1 : first.year;
  switch (months) {
    case 1:
      return `${first.year}-${twoDigits(first.month)}`;
    case 3:
      return `${fiscalYear}-Q${((first.month - start + 12) % 12) / 3 + 1}`;
    case 12:
      return String(fiscalYear);
    default:
      return null;
  }
};

export const calendar = (period: Period, atMs: number, workspace: Workspace): OracleWindow => {
  const zone = workspace.timeZone;
  const fromMs = dateStartMs(period.first, zone);
  const toMs = dateStartMs(period.first.add(period.length), zone);
  const before = period.first.subtract(period.length);
  const isRunning = fromMs <= atMs && atMs < toMs;
  const priorAtMs = isRunning ? sameElapsed(period, before, atMs, zone) : atMs;
  return {
    fromMs,
    toMs,
    atMs,
    levelMs: Math.min(toMs, atMs),
    prior: { fromMs: dateStartMs(before, zone), toMs: fromMs, atMs: priorAtMs },
    period: nameOf(period, workspace),
    months: period.length.months === undefined ? monthsOfMs(toMs - fromMs) : exactly(period.length.months),
  };
};

const range = (text: string, atMs: number, zone: string): OracleWindow | null => {
  const ends = text.split("..");
  if (ends.length !== 2) return null;
  const [fromMs = Number.NaN, toMs = Number.NaN] = ends.map((end) =>
    /^\d{4}-\d{2}-\d{2}$/.test(end)
      ? dateStartMs(Temporal.PlainDate.from(end), zone)
      : Temporal.Instant.from(end).epochMilliseconds,
  );
  const prior = { fromMs: fromMs - (toMs - fromMs), toMs: fromMs, atMs };
  const months = monthsOfMs(toMs - fromMs);
  return { fromMs, toMs, atMs, levelMs: Math.min(toMs, atMs), prior, period: null, months };
};

/** The calendar period that a window's name stands for; null for a window of another form. */
export const periodOf = (text: string, atMs: number, workspace: Workspace): Period | null =>
  runningPeriod(text, localDate(atMs, workspace.timeZone), workspace) ?? namedPeriod(text, workspace);

/** Throws on a window that the grammar of the command line does not have. */
export const windowOf = (text: string, atMs: number, workspace: Workspace): OracleWindow => {
  const zone = workspace.timeZone;
  if (text === "all") return { fromMs: null, toMs: null, atMs, levelMs: atMs, prior: null, period: null, months: null };
  const hours = rollingHours[text];
  if (hours !== undefined) return rolling(hours, atMs, zone);
  const period = periodOf(text, atMs, workspace);
  const window = period === null ? range(text, atMs, zone) : calendar(period, atMs, workspace);
  if (window === null) throw new Error(`no window ${text}: all, 7d, month, 2017-Q3 or FROM..TO are ones`);
  return window;
};

export const isWithin = (ms: number, span: Span): boolean =>
  (span.fromMs === null || ms >= span.fromMs) && (span.toMs === null || ms < span.toMs) && ms <= span.atMs;

/** What a level counts lies before this instant: before the one it is read at, and not after `at`. */
export const levelBeforeMs = ({ levelMs, atMs }: OracleWindow): number => Math.min(levelMs, atMs + 1);
