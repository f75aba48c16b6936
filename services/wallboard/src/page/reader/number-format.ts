import type { NumberFormat } from "../../board/board-definition.ts";
import type { Texts } from "../texts/texts.ts";

/** Numbers as people read them. Formatters are kept: making one costs a hundred times more than using it. */

const kept = new Map<string, Intl.NumberFormat>();
export const numberFormatter = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options);
  kept.set(key, made);
  return made;
};

/** Joins a number and its unit so that a line never breaks between them. */
const joint = "\u00a0";

/** Digits that a tile asks for are all shown, so that its number keeps its width. */
const fractions = (digits: number, asked: number | undefined): Intl.NumberFormatOptions => ({
  maximumFractionDigits: digits,
  ...(asked === undefined ? {} : { minimumFractionDigits: asked }),
});

export const formatCount = (value: number, locale: string, { decimals, compact }: NumberFormat = {}): string =>
  (compact ?? Math.abs(value) >= 10_000_000)
    ? numberFormatter(locale, { notation: "compact", maximumSignificantDigits: 4 }).format(value)
    : numberFormatter(locale, fractions(decimals ?? (Math.abs(value) < 100 ? 1 : 0), decimals)).format(value);

/** A ratio 0..1 as a percentage: one digit after the point below 100 %, none above, unless the tile says how many. */
export const formatRatio = (value: number, locale: string, { decimals }: NumberFormat = {}): string => {
  const percent = value * 100;
  const digits = decimals ?? (Math.abs(percent) >= 100 ? 0 : 1);
  return `${numberFormatter(locale, fractions(digits, decimals)).format(percent)}${joint}%`;
};

/** Minor units in the currency's own way; cents only where they are a visible part of the amount. */
export const formatMoney = (
  minor: number,
  currency: string,
  locale: string,
  { decimals, compact }: NumberFormat = {},
): string => {
  const style: Intl.NumberFormatOptions = { style: "currency", currency };
  const digits = numberFormatter(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  const major = minor / 10 ** digits;
  if (compact ?? Math.abs(major) >= 10_000_000)
    return numberFormatter(locale, { ...style, notation: "compact", maximumSignificantDigits: 4 }).format(major);
  if (decimals !== undefined)
    return numberFormatter(locale, { ...style, ...fractions(decimals, decimals) }).format(major);
  if (Math.abs(major) < 1_000 && !Number.isInteger(major)) return numberFormatter(locale, style).format(major);
  return numberFormatter(locale, { ...style, maximumFractionDigits: 0 }).format(major);
};

/** Two parts at most, the second one padded, so that a running value does not change its width: `3 min 12 s`. */
export const formatDuration = (seconds: number, locale: string, texts: Texts): string => {
  const sign = seconds < 0 ? "−" : "";
  const size = Math.abs(seconds);
  const { days, hours, minutes, seconds: second } = texts.duration;
  const pair = (major: number, majorUnit: string, minor: number, minorUnit: string): string =>
    `${sign}${formatCount(major, locale)}${joint}${majorUnit} ${String(minor).padStart(2, "0")}${joint}${minorUnit}`;
  if (size < 9.95)
    return `${sign}${numberFormatter(locale, { maximumFractionDigits: 1 }).format(size)}${joint}${second}`;
  const whole = Math.round(size);
  if (whole < 60) return `${sign}${whole}${joint}${second}`;
  if (whole < 3_600) return pair(Math.floor(whole / 60), minutes, whole % 60, second);
  const wholeMinutes = Math.round(size / 60);
  if (wholeMinutes < 48 * 60) return pair(Math.floor(wholeMinutes / 60), hours, wholeMinutes % 60, minutes);
  return `${sign}${numberFormatter(locale, { maximumFractionDigits: 1 }).format(size / 86_400)}${joint}${days}`;
};

export interface Measured {
  readonly unit: string;
  readonly currency?: string;
}

const valueText = (
  value: number,
  { unit, currency }: Measured,
  locale: string,
  texts: Texts,
  format: NumberFormat,
): string => {
  if (unit === "ratio") return formatRatio(value, locale, format);
  if (unit === "s") return formatDuration(value, locale, texts);
  if (unit === "x") return `${numberFormatter(locale, { maximumFractionDigits: format.decimals ?? 2 }).format(value)}×`;
  if (unit === "months") return `${formatCount(value, locale, format)}${joint}${texts.months}`;
  if (currency === undefined) return formatCount(value, locale, format);
  const money = formatMoney(value, currency, locale, format);
  return unit === "money_per_day" ? `${money}${joint}${texts.perDay}` : money;
};

/** A value in its unit, with the minus of the figures below it. The noun of a count is left out: the title says it. */
export const formatValue = (
  value: number,
  measured: Measured,
  locale: string,
  texts: Texts,
  format: NumberFormat = {},
): string => {
  const text = valueText(value, measured, locale, texts, format);
  return value < 0 ? text.replace("-", "−") : text;
};

/** A signed figure, with the sign that lines up with digits. */
export const formatSigned = (value: number, digits: number, locale: string): string => {
  const text = numberFormatter(locale, { maximumFractionDigits: digits }).format(Math.abs(value));
  return `${value < 0 ? "−" : "+"}${text}`;
};
