import { numberFormatter } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import type { ConsoleTexts } from "./texts/console-texts.ts";

/** For whom the console speaks: the page's reader, and its own words. */
export interface ConsoleReader extends Reader {
  readonly words: ConsoleTexts;
}

const sizes = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Narrow units stand close in some languages; between a number and letters people write a space, and break no line. */
const spacedUnit = (text: string): string =>
  text.replace(/(?<=\d)(?=[\p{Script=Latin}\p{Script=Cyrillic}])/u, "\u00A0");

/** `34 MB`: powers of 1,000, as ClickHouse itself writes them in what people read. */
export const bytesText = (bytes: number, { locale }: Pick<Reader, "locale">): string => {
  const power = Math.min(sizes.length - 1, bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = sizes[power] ?? "byte";
  const digits: Intl.NumberFormatOptions = power === 0 ? {} : { maximumSignificantDigits: 3 };
  return spacedUnit(
    numberFormatter(locale, { style: "unit", unit, unitDisplay: "narrow", ...digits }).format(bytes / 1_000 ** power),
  );
};

/** `0.12 s`, `4.2 ms`: as the reader's language writes them where there is little room. */
export const elapsedText = (ms: number, { locale }: Pick<Reader, "locale">): string => {
  const isLong = ms >= 100;
  const unit = isLong ? "second" : "millisecond";
  const digits: Intl.NumberFormatOptions =
    isLong && ms >= 10_000 ? { maximumFractionDigits: 1 } : { maximumSignificantDigits: 2 };
  return spacedUnit(
    numberFormatter(locale, { style: "unit", unit, unitDisplay: "narrow", ...digits }).format(isLong ? ms / 1_000 : ms),
  );
};

export const wholeText = (count: number, { locale }: Pick<Reader, "locale">): string =>
  numberFormatter(locale, { maximumFractionDigits: 0 }).format(count);
