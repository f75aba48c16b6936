import { currencyExponent } from "@leadwire/events";
import { durationForms, parseDurationMs } from "@leadwire/funnel";
import type { Unit } from "@leadwire/kpis";

/** A number of a board with its unit, read and written: ratio, seconds, minor units of money, or a plain number. */

const plain = /^-?\d{1,15}(?:\.\d{1,9})?$/u;

/** What may be written, as a phrase that follows "expected". */
export const amountForm = (unit: Unit, currency: string): string => {
  switch (unit) {
    case "ratio":
      return "a ratio such as 0.25 or 25 %";
    case "s":
      return durationForms;
    case "money":
    case "money_per_day":
      return `an amount of money such as 500000 ${currency}`;
    default:
      return "a number";
  }
};

const numberOf = (text: string): number | undefined => (plain.test(text) ? Number(text) : undefined);

const ratioOf = (text: string): number | undefined => {
  const percent = /^(.*?)\s*%$/u.exec(text)?.[1];
  if (percent === undefined) return numberOf(text);
  return numberOf(percent) === undefined ? undefined : Number(`${percent}e-2`);
};

/**
 * `500000.50 EUR`, or without a currency, as minor units of the workspace's; undefined in another one, or with more
 * decimals than it has.
 */
export const minorOf = (text: string, currency: string): number | undefined => {
  const [, amount = "", found = currency] = /^(\S+?)(?:\s+([A-Z]{3}))?$/u.exec(text) ?? [];
  const decimals = currencyExponent(currency) ?? 2;
  if (found !== currency || numberOf(amount) === undefined || (amount.split(".")[1]?.length ?? 0) > decimals)
    return undefined;
  return Math.round(Number(`${amount}e${decimals}`));
};

/** A value in the unit in which a metric is told; undefined where the text is none. */
export const amountOf = (text: string, unit: Unit, currency: string): number | undefined => {
  switch (unit) {
    case "ratio":
      return ratioOf(text);
    case "s": {
      const ms = parseDurationMs(text);
      return ms === undefined ? undefined : ms / 1000;
    }
    case "money":
    case "money_per_day":
      return minorOf(text, currency);
    default:
      return numberOf(text);
  }
};

/** As `minorOf` reads it. */
export const minorText = (minor: number, currency: string): string => {
  const decimals = currencyExponent(currency) ?? 2;
  return `${String(Number(`${minor}e-${decimals}`))} ${currency}`;
};

/** As `amountOf` reads it: a number where YAML has one, else a text. */
export const amountText = (value: number, unit: Unit, currency: string): number | string => {
  switch (unit) {
    case "s":
      return `${value} s`;
    case "money":
    case "money_per_day":
      return minorText(value, currency);
    default:
      return value;
  }
};
