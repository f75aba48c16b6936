import { counted } from "../texts/counted.ts";
import type { Texts } from "../texts/texts.ts";

type Said = { readonly locale: string; readonly texts: Texts };

/** The hours of a rolling window such as `24h` or `30d`; null for any other. */
const rollingHours = (window: string): number | null => {
  const [, length, unit] = /^(\d+)([hd])$/.exec(window) ?? [];
  return length === undefined ? null : Number(length) * (unit === "d" ? 24 : 1);
};

const has = <Key extends string>(of: Readonly<Record<Key, string>>, key: string): key is Key => key in of;

/** A window in words: "this month", "last 30 days"; a period such as 2026-Q1 stands for itself. */
export const windowText = (window: string, { locale, texts }: Said): string => {
  const hours = rollingHours(window);
  if (hours !== null)
    return hours <= 24 ? counted(texts.lastHours, hours, locale) : counted(texts.lastDays, hours / 24, locale);
  return has(texts.window, window) ? texts.window[window] : window;
};

/** What the number of a window is compared with, in words: "last month by now", "prior 30 days", "a year ago". */
export const priorText = (window: string, compare: "prior" | "year", { locale, texts }: Said): string => {
  if (compare === "year") return texts.yearAgo;
  const hours = rollingHours(window);
  if (hours !== null)
    return hours <= 24 ? counted(texts.priorHours, hours, locale) : counted(texts.priorDays, hours / 24, locale);
  return has(texts.prior, window) ? texts.prior[window] : texts.prior.period;
};
