import { type Either, left, right } from "fp-ts/lib/Either.js";
import { currencyExponent } from "./currency.ts";

/** Exact money: decimal text to minor units, and conversion by a decimal rate. No floating point on the way. */

/** The largest amount of one event: ten trillion minor units. */
export const amountMinorMax = 10 ** 13;

/** How a source writes decimal numbers. */
export interface DecimalFormat {
  readonly decimal: "." | ",";
  /** Between groups of three digits; "" where numbers are not grouped. */
  readonly group: "" | "," | "." | " " | "'" | "\u00a0" | "\u202f";
}

/** Why a text is no amount of a currency. */
export interface MoneyFault {
  readonly _tag: "bad_value" | "unknown_currency" | "amount_too_large";
  readonly expected: string;
  readonly found: string;
}

const fault = (_tag: MoneyFault["_tag"], expected: string, found: string): Either<MoneyFault, never> =>
  left({ _tag, expected, found: found.length > 60 ? `${found.slice(0, 60)}…` : found });

const isGrouped = (whole: string, group: string): boolean => {
  const groups = whole.split(group);
  return groups.every((digits, index) =>
    index === 0 ? digits.length >= 1 && digits.length <= 3 : digits.length === 3,
  );
};

const example = (format: DecimalFormat, exponent: number): string =>
  `1${format.group}234${exponent === 0 ? "" : `${format.decimal}${"50000".slice(0, exponent)}`}`;

/**
 * Minor units of an amount as a source writes it, such as "1,234.50". Digits beyond the currency's own are refused
 * unless they are zeros: rounding is not this function's to decide.
 */
export const parseDecimalMinor = (
  text: string,
  currency: string,
  format: DecimalFormat,
): Either<MoneyFault, number> => {
  const exponent = currencyExponent(currency);
  if (exponent === undefined) return fault("unknown_currency", "an ISO 4217 code such as EUR", currency);
  const trimmed = text.trim();
  const sign = /^[+-]/.exec(trimmed)?.[0] ?? "";
  const [whole = "", fraction = "", ...more] = trimmed.slice(sign.length).split(format.decimal);
  const digits = format.group === "" ? whole : whole.replaceAll(format.group, "");
  const grouped = format.group !== "" && whole.includes(format.group);
  const isNumber = more.length === 0 && /^\d+$/.test(digits) && /^\d*$/.test(fraction);
  if (!isNumber || trimmed.endsWith(format.decimal) || (grouped && !isGrouped(whole, format.group)))
    return fault("bad_value", `an amount such as ${example(format, exponent)}`, text);
  if (/[1-9]/.test(fraction.slice(exponent)))
    return fault("bad_value", `at most ${exponent} decimals, as ${currency} has`, text);
  const minor = BigInt(digits + fraction.slice(0, exponent).padEnd(exponent, "0"));
  if (minor > BigInt(amountMinorMax)) return fault("amount_too_large", `at most ${amountMinorMax} minor units`, text);
  // Without + 0 an amount of "-0" would be the number -0.
  return right(Number(sign === "-" ? -minor : minor) + 0);
};

/** Whether a text is a rate: a positive decimal number such as "1.0842". */
export const isRate = (text: string): boolean => /^\d{1,15}(\.\d{1,15})?$/.test(text) && /[1-9]/.test(text);

/**
 * An amount in another currency: one unit of the former is worth `rate` units of the latter. Half a minor unit is
 * rounded away from zero. Undefined where the result is no safe integer. Throws where `rate` is not one (`isRate`).
 */
export const convertMinor = (
  amountMinor: number,
  fromExponent: number,
  toExponent: number,
  rate: string,
): number | undefined => {
  if (!isRate(rate)) throw new RangeError(`Rate ${JSON.stringify(rate)} is not a positive decimal such as 1.0842.`);
  const [whole = "", fraction = ""] = rate.split(".");
  const scaled = BigInt(Math.abs(amountMinor)) * BigInt(whole + fraction) * 10n ** BigInt(toExponent);
  const divisor = 10n ** BigInt(fromExponent + fraction.length);
  const rounded = Number((2n * scaled + divisor) / (2n * divisor));
  if (!Number.isSafeInteger(rounded)) return undefined;
  return amountMinor < 0 && rounded !== 0 ? -rounded : rounded;
};
