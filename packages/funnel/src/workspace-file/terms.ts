import { currencyExponent, isRate } from "@leadwire/events";

/** The words of a workspace file: durations, months, weekdays, times of day. Each parser gives undefined for a misfit. */

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  sec: 1_000,
  second: 1_000,
  seconds: 1_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
};

export const durationForms = "a duration such as 90 s, 5 min, 1 h or 365 d";

/** Milliseconds, a whole number; `5 min`, `1.5h`, `365 d`. */
export const parseDurationMs = (text: string): number | undefined => {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+)$/.exec(text.toLowerCase());
  const unit = unitMs[match?.[2] ?? ""];
  if (match === null || unit === undefined) return undefined;
  const ms = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(ms) ? ms : undefined;
};

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const ordinalOf = (names: ReadonlyArray<string>, text: string): number | undefined => {
  const wanted = text.toLowerCase();
  const index = names.findIndex((name) => name === wanted || name.slice(0, 3) === wanted);
  return index < 0 ? undefined : index + 1;
};

/** 1 January … 12 December; by name, by its first three letters or by number. */
export const parseMonth = (text: string): number | undefined =>
  /^([1-9]|1[0-2])$/.test(text) ? Number(text) : ordinalOf(months, text);

/** 1 Monday … 7 Sunday. */
export const parseWeekday = (text: string): number | undefined => ordinalOf(weekdays, text);

/** `monday`, or `monday-friday` (which may run over Sunday): the weekdays it names. */
export const parseWeekdays = (text: string): ReadonlyArray<number> | undefined => {
  const [first, last, ...rest] = text.split("-").map((part) => parseWeekday(part.trim()));
  if (first === undefined || rest.length > 0) return undefined;
  if (!text.includes("-")) return [first];
  if (last === undefined) return undefined;
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => ((first - 1 + index) % 7) + 1);
};

/** `09:00`, up to `24:00`, in minutes. */
export const parseMinuteOfDay = (text: string): number | undefined => {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= 24 * 60 ? minutes : undefined;
};

export interface HoursOfDay {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** `09:00-17:00`, up to `24:00`. */
export const parseHours = (text: string): HoursOfDay | undefined => {
  const [from, to, ...rest] = text.split("-").map((part) => parseMinuteOfDay(part.trim()));
  if (from === undefined || to === undefined || rest.length > 0 || to <= from) return undefined;
  return { fromMinute: from, toMinute: to };
};

/** A positive decimal number, as written. */
export const parseRate = (text: string): string | undefined => (isRate(text) ? text : undefined);

/** A currency that ISO 4217 knows, in capital letters. */
export const parseCurrency = (text: string): string | undefined =>
  currencyExponent(text) === undefined ? undefined : text;

/** An id or a name: no control characters, at most 1 KiB. */
export const parseName = (text: string): string | undefined =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  text.length <= 1024 && !/[\u0000-\u001f\u007f]/.test(text) ? text : undefined;
