import { currencyExponent } from "@leadwire/events";
import { durationForms, parseDurationMs } from "@leadwire/funnel";
import type { Unit } from "@leadwire/kpis";
import type { WhenReader } from "./when-reader.ts";

/** Numbers of rules with their units, read and written: one form of each kind is written, and it reads back the same. */

const numberForm = /^\d{1,15}(?:\.\d{1,20})?$/u;
/** A bare ratio above this is most probably meant as a percentage. */
const bareRatioMax = 10;

/** A number without an exponent. */
export const decimalText = (value: number): string => {
  const text = String(value);
  return text.includes("e-") ? value.toFixed(20).replace(/0+$/u, "") : text;
};

/** `90 s`, `5 min`, `1 h`, `2 d`: in the largest unit that divides it. */
export const durationText = (ms: number): string => {
  const units = [
    [86_400_000, "d"],
    [3_600_000, "h"],
    [60_000, "min"],
  ] as const;
  const [unitMs, unit] = units.find(([size]) => ms !== 0 && ms % size === 0) ?? [1000, "s"];
  return `${decimalText(ms / unitMs)} ${unit}`;
};

/** Milliseconds. `5 min` and `5min`. */
export const readDurationMs = (reader: WhenReader): number | undefined => {
  const first = reader.peek();
  const joined = first.kind === "word" ? parseDurationMs(first.text) : undefined;
  if (joined !== undefined) {
    reader.take();
    return joined;
  }
  const unit = reader.peek(1);
  const ms = first.kind === "word" && unit.kind === "word" ? parseDurationMs(`${first.text} ${unit.text}`) : undefined;
  if (ms === undefined) return reader.refuse(durationForms);
  reader.take();
  reader.take();
  return ms;
};

/** A number without sign or unit, as it is written. */
export const readNumberText = (reader: WhenReader, expected: string): string | undefined => {
  const { kind, text } = reader.peek();
  if (kind !== "word" || !numberForm.test(text)) {
    const grouped = /^\d+$/u.test(text) && reader.peek(1).text === ",";
    return reader.refuse(expected, grouped ? "Write numbers without commas between thousands." : undefined);
  }
  if (reader.peek(1).text === "," && /^\d{3}$/u.test(reader.peek(2).text))
    return reader.refuse(`${expected}, without commas between thousands`);
  reader.take();
  return text;
};

/** The words that may follow a plain number of a unit; the first is how it is written. */
const unitWords: Readonly<Partial<Record<Unit, ReadonlyArray<string>>>> = {
  leads: ["leads", "lead"],
  deals: ["deals", "deal"],
  accounts: ["accounts", "account"],
  activities: ["activities", "activity"],
  touches: ["touches", "touch"],
  units: ["units", "unit"],
  months: ["months", "month"],
  x: ["x"],
  score: ["points", "point"],
};

const amountForm = (unit: Unit, currency: string): string => {
  switch (unit) {
    case "ratio":
      return "a ratio such as 0.25 or 25 %";
    case "s":
      return durationForms;
    case "money":
    case "money_per_day":
      return `an amount with its currency, such as 500000 ${currency}`;
    default:
      return `a number of ${unitWords[unit]?.[0] ?? unit}, such as 10`;
  }
};

/** Minor units of an amount such as `500000 EUR`; of the workspace's currency only, which all values are in. */
export const readMoneyMinor = (reader: WhenReader, currency: string): number | undefined => {
  const expected = amountForm("money", currency);
  const at = reader.peek();
  const text = readNumberText(reader, expected);
  if (text === undefined) return undefined;
  if (reader.peek().text !== currency) return reader.refuse(`the workspace's currency ${currency} behind the amount`);
  const decimals = currencyExponent(currency) ?? 2;
  if ((text.split(".")[1]?.length ?? 0) > decimals)
    return reader.refuseAt(at, `an amount with at most ${decimals} decimals`);
  reader.take();
  return Math.round(Number(`${text}e${decimals}`));
};

const readRatio = (reader: WhenReader, expected: string): number | undefined => {
  const at = reader.peek();
  const text = readNumberText(reader, expected);
  if (text === undefined) return undefined;
  if (reader.takeSign("%") !== undefined) return Number(`${text}e-2`);
  if (Number(text) <= bareRatioMax) return Number(text);
  return reader.refuseAt(at, expected, `Write ${text} % if that is what you mean.`);
};

const readSize = (reader: WhenReader, unit: Unit, currency: string): number | undefined => {
  const expected = amountForm(unit, currency);
  switch (unit) {
    case "ratio":
      return readRatio(reader, expected);
    case "s": {
      const ms = readDurationMs(reader);
      return ms === undefined ? undefined : ms / 1000;
    }
    case "money":
    case "money_per_day":
      return readMoneyMinor(reader, currency);
    default: {
      const text = readNumberText(reader, expected);
      if (text === undefined) return undefined;
      const { kind, text: word } = reader.peek();
      if (kind === "word" && unitWords[unit]?.includes(word.toLowerCase()) === true) reader.take();
      return Number(text);
    }
  }
};

/** A value of a metric's own unit as it is told: a ratio, seconds, minor units of money, a count. May be negative. */
export const readAmount = (reader: WhenReader, unit: Unit, currency: string): number | undefined => {
  const isNegative = reader.takeSign("-") !== undefined;
  const size = readSize(reader, unit, currency);
  return size === undefined ? undefined : isNegative && size !== 0 ? -size : size;
};

/** `500000 EUR` of minor units. */
export const amountMinorText = (minor: number, currency: string): string => {
  const decimals = currencyExponent(currency) ?? 2;
  return `${decimalText(Number(`${minor}e-${decimals}`))} ${currency}`;
};

const sizeText = (size: number, unit: Unit, currency: string): string => {
  switch (unit) {
    case "ratio":
      return size > bareRatioMax ? `${decimalText(Number(`${size}e2`))} %` : decimalText(size);
    case "s":
      return durationText(Math.round(size * 1000));
    case "money":
    case "money_per_day":
      return amountMinorText(size, currency);
    default: {
      const word = unitWords[unit]?.[0];
      return word === undefined ? decimalText(size) : `${decimalText(size)} ${word}`;
    }
  }
};

/** As `readAmount` reads it. */
export const amountText = (value: number, unit: Unit, currency: string): string =>
  `${value < 0 ? "-" : ""}${sizeText(Math.abs(value), unit, currency)}`;
