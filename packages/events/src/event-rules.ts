import { longMax } from "./avro-type.ts";
import { currencyExponent } from "./currency.ts";
import { type DoorFault, doorFault } from "./door-fault.ts";
import { dayMax, dayMin, instantMsMax, instantMsMin } from "./iso-time.ts";
import { amountMinorMax } from "./money.ts";

/** What a field's value must be, beyond its type; shared by the JSON form, imports and, as bytes, by `FlatCheck`. */
export type Rule = (value: unknown, field: string) => DoorFault | undefined;

/** Bytes of UTF-8. */
export const keyBytesMax = 1024;
export const textBytesMax = 4096;
export const termMonthsMax = 1200;
const quantityMax = 1e9;
export const spendDaysMax = 3660;
export const dealLinesMax = 1000;
export const scoreMax = 100;
export const npsMax = 10;
/** company, team:NAME or rep:NAME. */
export const scopePattern = /^(company|(team|rep):.+)$/su;
/** A year, a quarter or a month. */
export const periodPattern = /^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/;

export const textRule =
  (bytesMax: number): Rule =>
  (value, field) => {
    if (typeof value !== "string") return doorFault("wrong_type", field, "a text", value);
    if (value.length === 0) return doorFault("bad_value", field, "a text that is not empty, or no such field", value);
    // No character takes more than 3 bytes per UTF-16 unit.
    if (value.length * 3 > bytesMax && Buffer.byteLength(value) > bytesMax)
      return doorFault("field_too_large", field, `at most ${bytesMax} bytes`, value);
    if (value.includes("\0")) return doorFault("nul_byte", field, "a text without a NUL character", value);
    if (!value.isWellFormed()) return doorFault("wrong_encoding", field, "Unicode without lone surrogates", value);
    return undefined;
  };

const keyText = textRule(keyBytesMax);

const patternRule =
  (pattern: RegExp, expected: string): Rule =>
  (value, field) =>
    keyText(value, field) ??
    (typeof value === "string" && pattern.test(value) ? undefined : doorFault("bad_value", field, expected, value));

export const scopeRule = patternRule(scopePattern, "company, team:NAME or rep:NAME");
export const periodRule = patternRule(periodPattern, "a year, quarter or month such as 2026, 2026-Q3 or 2026-07");

export const currencyRule: Rule = (value, field) =>
  typeof value === "string" && currencyExponent(value) !== undefined
    ? undefined
    : doorFault("unknown_currency", field, "an ISO 4217 code such as EUR", value);

export const amountRule =
  (mayBeNegative: boolean): Rule =>
  (value, field) => {
    if (typeof value !== "number" || !Number.isInteger(value))
      return doorFault("wrong_type", field, "whole minor units, such as 1250 for 12.50 EUR", value);
    if (Math.abs(value) > amountMinorMax)
      return doorFault("amount_too_large", field, `at most ${amountMinorMax} minor units`, value);
    if (value < 0 && !mayBeNegative) return doorFault("negative_amount", field, "0 or more", value);
    return undefined;
  };

const rangeRule =
  (min: number, max: number, tag: "bad_time" | "bad_date" | "bad_value", expected: string): Rule =>
  (value, field) => {
    if (typeof value !== "number") return doorFault("wrong_type", field, expected, value);
    return Number.isInteger(value) && value >= min && value <= max ? undefined : doorFault(tag, field, expected, value);
  };

export const instantRule = rangeRule(instantMsMin, instantMsMax, "bad_time", "an instant from 1900 to 2299");
export const dayRule = rangeRule(dayMin, dayMax, "bad_date", "a day from 1900 to 2299");
export const revisionRule = rangeRule(0, longMax, "bad_value", "a whole number, 0 or more");
export const termRule = rangeRule(1, termMonthsMax, "bad_value", `whole months from 1 to ${termMonthsMax}`);

export const finiteRule: Rule = (value, field) =>
  typeof value === "number" && Number.isFinite(value)
    ? undefined
    : doorFault(typeof value === "number" ? "bad_value" : "wrong_type", field, "a finite number", value);

/** A target in its metric's unit: no more than an amount may be, so that one beyond all measure breaks no view. */
export const targetRule: Rule = (value, field) => {
  const fault = finiteRule(value, field);
  if (fault !== undefined || Math.abs(value as number) <= amountMinorMax) return fault;
  return doorFault("bad_value", field, `a number from ${-amountMinorMax} to ${amountMinorMax}`, value);
};

/** At most three decimals, so that sums of thousandths are exact in any order. */
export const isQuantity = (value: number): boolean =>
  value >= 0 && value <= quantityMax && Math.round(value * 1000) / 1000 === value;

export const quantityRule: Rule = (value, field) => {
  if (typeof value !== "number") return doorFault("wrong_type", field, "a number", value);
  return isQuantity(value)
    ? undefined
    : doorFault("bad_value", field, `a number from 0 to ${quantityMax} with at most 3 decimals`, value);
};

/** nps is a whole number from 0 to 10, csat whatever scale the source uses from 0 to 100. */
export const isScore = (isNps: boolean, score: number): boolean =>
  score >= 0 && (isNps ? score <= npsMax && Number.isInteger(score) : score <= scoreMax);

export const flagRule: Rule = (value, field) =>
  typeof value === "boolean" ? undefined : doorFault("wrong_type", field, "true or false", value);

export const symbolRule =
  (symbols: ReadonlyArray<string>): Rule =>
  (value, field) =>
    typeof value === "string" && symbols.includes(value)
      ? undefined
      : doorFault("bad_value", field, `one of ${symbols.join(", ")}`, value);
