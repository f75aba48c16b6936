import type { ZoneCalendar } from "@leadwire/funnel";
import { type Either, left, right } from "fp-ts/lib/Either.js";

/**
 * Date formats as spreadsheets write them. `M`, `D`, `H` and `h` take one or two digits, the doubled ones exactly two;
 * any other character stands for itself, and text in [brackets] too.
 */
const tokens = [
  "YYYY", "YY", "MMMM", "MMM", "MM", "M", "DD", "D", "HH", "H", "hh", "h", "mm", "m", "ss", "s", "SSS", "A", "Z",
] as const; // biome-ignore format: one alphabet, longest first
type Token = (typeof tokens)[number];
type Step = { readonly token: Token } | { readonly literal: string };

/** The named formats that are no pattern. */
const named = ["iso", "epoch_ms", "epoch_s"] as const;

const monthNames = [
  "january", "february", "march", "april", "may", "june",
  "july", "august", "september", "october", "november", "december",
]; // biome-ignore format: a table
const dayMs = 86_400_000;

/** What a text says: a local day, a time of that day if it has one, and an offset from UTC if it has one. */
export interface WrittenTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Null where only a date is written. */
  readonly msOfDay: number | null;
  /** Null where the zone is left to the reader. */
  readonly offsetMs: number | null;
}

/** Reads a text written in one format; null when it is not, or when the date does not exist. */
export interface DateFormat {
  readonly pattern: string;
  readonly read: (text: string) => WrittenTime | null;
}

/** Compiles a pattern such as `M/D/YYYY H:mm`, or `iso`, `epoch_ms`, `epoch_s`. Left says what is wrong with it. */
export const dateFormat = (pattern: string): Either<string, DateFormat> => {
  if (pattern === "iso") return right({ pattern, read: readIso });
  if (pattern === "epoch_ms") return right({ pattern, read: (text) => readEpoch(text, 1) });
  if (pattern === "epoch_s") return right({ pattern, read: (text) => readEpoch(text, 1000) });
  const steps = stepsOf(pattern);
  const has = (...wanted: Token[]) => steps.some((step) => "token" in step && wanted.includes(step.token));
  if (!has("YYYY", "YY") || !has("M", "MM", "MMM", "MMMM") || !has("D", "DD"))
    return left(`expected a pattern with a year, a month and a day (such as M/D/YYYY), or one of ${named.join(", ")}`);
  if (has("h", "hh") !== has("A")) return left("expected h (1 to 12) and A (AM or PM) together, or H (0 to 23)");
  if (has("m", "mm") && !has("H", "HH", "h", "hh")) return left("expected hours (H) where there are minutes (mm)");
  const regex = new RegExp(`^${steps.map(expressionOf).join("")}$`, "iu");
  const groups = steps.flatMap((step) => ("token" in step ? [step.token] : []));
  return right({ pattern, read: (text) => readPattern(regex, groups, text) });
};

/** The formats of a mapping that names none. */
export const isoDates: ReadonlyArray<DateFormat> = [{ pattern: "iso", read: (text) => readIso(text) }];

/** The instant of a written time: its own offset, else the calendar's zone; a date alone is the start of its day. */
export const instantOf = (written: WrittenTime, calendar: ZoneCalendar): number => {
  if (written.offsetMs !== null) return written.day * dayMs + (written.msOfDay ?? 0) - written.offsetMs;
  return written.msOfDay === null
    ? calendar.dayStartMs(written.day)
    : calendar.instantOfLocal(written.day * dayMs + written.msOfDay);
};

const stepsOf = (pattern: string): Step[] => {
  const steps: Step[] = [];
  let at = 0;
  while (at < pattern.length) {
    const close = pattern[at] === "[" ? pattern.indexOf("]", at) : -1;
    const token = tokens.find((one) => pattern.startsWith(one, at));
    if (close > 0) steps.push({ literal: pattern.slice(at + 1, close) });
    else if (token !== undefined) steps.push({ token });
    else steps.push({ literal: pattern[at] ?? "" });
    at = close > 0 ? close + 1 : at + (token?.length ?? 1);
  }
  return steps;
};

const expressions: Readonly<Record<Token, string>> = {
  YYYY: "(\\d{4})",
  YY: "(\\d{2})",
  MMMM: "([a-z]+)",
  MMM: "([a-z]{3})",
  MM: "(\\d{2})",
  M: "(\\d{1,2})",
  DD: "(\\d{2})",
  D: "(\\d{1,2})",
  HH: "(\\d{2})",
  H: "(\\d{1,2})",
  hh: "(\\d{2})",
  h: "(\\d{1,2})",
  mm: "(\\d{2})",
  m: "(\\d{1,2})",
  ss: "(\\d{2})",
  s: "(\\d{1,2})",
  SSS: "(\\d{3})",
  A: "([ap]m)",
  Z: "(z|[+-]\\d{2}:?\\d{2})",
};

const expressionOf = (step: Step): string =>
  "token" in step ? expressions[step.token] : step.literal.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");

const readPattern = (regex: RegExp, groups: ReadonlyArray<Token>, text: string): WrittenTime | null => {
  const match = regex.exec(text);
  if (match === null) return null;
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, ms: 0 };
  let timed = false;
  let afternoon: boolean | null = null;
  let offsetMs: number | null = null;
  for (const [index, token] of groups.entries()) {
    const found = match[index + 1] ?? "";
    if (token === "YYYY") parts.year = Number(found);
    else if (token === "YY") parts.year = Number(found) + (Number(found) < 70 ? 2000 : 1900);
    else if (token === "MMMM") parts.month = monthNames.indexOf(found.toLowerCase()) + 1;
    else if (token === "MMM") parts.month = monthNames.findIndex((name) => name.startsWith(found.toLowerCase())) + 1;
    else if (token === "M" || token === "MM") parts.month = Number(found);
    else if (token === "D" || token === "DD") parts.day = Number(found);
    else if (token === "A") afternoon = found.toLowerCase() === "pm";
    else if (token === "Z") offsetMs = offsetOf(found);
    else {
      timed = true;
      if (token === "m" || token === "mm") parts.minute = Number(found);
      else if (token === "s" || token === "ss") parts.second = Number(found);
      else if (token === "SSS") parts.ms = Number(found);
      else parts.hour = Number(found);
    }
  }
  if (afternoon !== null) {
    if (parts.hour < 1 || parts.hour > 12) return null;
    parts.hour = (parts.hour % 12) + (afternoon ? 12 : 0);
  }
  return written(parts, timed, offsetMs);
};

const isoExpression =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(z|[+-]\d{2}(?::?\d{2})?)?)?$/iu;

const readIso = (text: string): WrittenTime | null => {
  const match = isoExpression.exec(text);
  if (match === null) return null;
  const number = (index: number) => Number(match[index] ?? 0);
  const parts = {
    year: number(1),
    month: number(2),
    day: number(3),
    hour: number(4),
    minute: number(5),
    second: number(6),
    ms: Number((match[7] ?? "").padEnd(3, "0").slice(0, 3)),
  };
  return written(parts, match[4] !== undefined, match[8] === undefined ? null : offsetOf(match[8]));
};

const readEpoch = (text: string, unitMs: number): WrittenTime | null => {
  if (!/^-?\d{1,14}$/u.test(text)) return null;
  const ms = Number(text) * unitMs;
  const day = Math.floor(ms / dayMs);
  return { day, msOfDay: ms - day * dayMs, offsetMs: 0 };
};

const offsetOf = (text: string): number => {
  if (text.length === 1) return 0;
  const digits = text.slice(1).replace(":", "").padEnd(4, "0");
  const ms = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
  return text.startsWith("-") ? -ms : ms;
};

interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** Null where the calendar or the clock has no such moment. */
const written = (parts: TimeParts, timed: boolean, offsetMs: number | null): WrittenTime | null => {
  const { year, month, day, hour, minute, second, ms } = parts;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const msOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  return { day: date.getTime() / dayMs, msOfDay: timed ? msOfDay : null, offsetMs };
};
