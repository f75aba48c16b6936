/** Times of the workspace's zone, whatever zone the screen is in. */

const forms = {
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  minute: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  datedMinute: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  dated: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  whole: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const kept = new Map<string, Intl.DateTimeFormat>();
const formatter = (locale: string, timeZone: string, form: keyof typeof forms): Intl.DateTimeFormat => {
  const key = `${locale} ${timeZone} ${form}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...forms[form] });
  kept.set(key, made);
  return made;
};

const isFar = (atMs: number, nowMs: number): boolean => Math.abs(nowMs - atMs) > 43_200_000;

/** `14:03:22`. */
export const formatClock = (atMs: number, locale: string, timeZone: string): string =>
  formatter(locale, timeZone, "clock").format(atMs);

/** `14:03`. */
export const formatMinute = (atMs: number, locale: string, timeZone: string): string =>
  formatter(locale, timeZone, "minute").format(atMs);

/** `14:03` within half a day of `nowMs`, else with its date: `21 Nov, 14:03`. */
export const formatMinuteOf = (atMs: number, nowMs: number, locale: string, timeZone: string): string =>
  formatter(locale, timeZone, isFar(atMs, nowMs) ? "datedMinute" : "minute").format(atMs);

/** `14:03:22` within half a day of `nowMs`, else with its date: `21 Nov, 14:03:22`. */
export const formatMoment = (atMs: number, nowMs: number, locale: string, timeZone: string): string =>
  formatter(locale, timeZone, isFar(atMs, nowMs) ? "dated" : "clock").format(atMs);

/** `21 Nov 2026, 14:03`: an instant that may lie anywhere. */
export const formatWhen = (atMs: number, locale: string, timeZone: string): string =>
  formatter(locale, timeZone, "whole").format(atMs);
