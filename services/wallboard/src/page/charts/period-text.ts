import type { Reader } from "../reader/reader.ts";

export type CourseUnit = "hour" | "day" | "week" | "month";

const kept = new Map<string, Intl.DateTimeFormat>();
const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  kept.set(key, made);
  return made;
};

const styles: Readonly<Record<CourseUnit, Intl.DateTimeFormatOptions>> = {
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short" },
};

/** `14:00`, `21 Nov`, `Nov`, in the workspace's zone; a week is named by its first day. */
export const periodText = (startMs: number, unit: CourseUnit, { locale, timeZone }: Reader): string =>
  formatter(locale, { ...styles[unit], timeZone }).format(startMs);

/** How the axis names the periods: where a month comes twice, with its year; hours of several days, by their day. */
export const periodTexts = (startsMs: ReadonlyArray<number>, unit: CourseUnit, reader: Reader): string[] => {
  const { locale, timeZone } = reader;
  if (unit === "hour" && startsMs.length > 48) return startsMs.map((startMs) => periodText(startMs, "day", reader));
  if (unit !== "month" || startsMs.length <= 12) return startsMs.map((startMs) => periodText(startMs, unit, reader));
  const named = formatter(locale, { month: "short", year: "2-digit", timeZone });
  return startsMs.map((startMs) => named.format(startMs));
};

/** Distances between labels that people count in; beyond the last, its multiples. */
const strides: Readonly<Record<CourseUnit, ReadonlyArray<number>>> = {
  hour: [1, 2, 3, 4, 6, 12, 24],
  day: [1, 2, 7, 14],
  week: [1, 2, 4, 8, 13],
  month: [1, 2, 3, 6, 12],
};

/** Which points are labelled when each has `pointPx` and a label takes `labelPx`: the last one always, others in even steps. */
export const labelledPoints = (count: number, unit: CourseUnit, pointPx: number, labelPx: number): number[] => {
  const least = Math.max(1, labelPx / Math.max(pointPx, 0.001));
  const known = strides[unit].find((stride) => stride >= least);
  const longest = strides[unit].at(-1) ?? 1;
  const stride = known ?? Math.ceil(least / longest) * longest;
  const labelled: number[] = [];
  for (let index = count - 1; index >= 0; index -= stride) labelled.unshift(index);
  return labelled;
};
