import { numberFormatter } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";

/** A unit that an amount can be written in, and how much of the metric's own unit it is. */
export interface AmountUnit {
  /** `%`, `EUR`, or a key of the page's words for times; empty for a plain number. */
  readonly name: string;
  readonly size: number;
}

/** How many minor units a currency has in one: 100 for EUR, 1 for JPY. */
export const minorPerUnit = (currency: string): number =>
  10 ** (numberFormatter("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2);

/** The units for amounts of a metric, the smallest first. */
export const amountUnits = (unit: string, currency: string): ReadonlyArray<AmountUnit> => {
  switch (unit) {
    case "ratio":
      return [{ name: "%", size: 0.01 }];
    case "s":
      return [
        { name: "seconds", size: 1 },
        { name: "minutes", size: 60 },
        { name: "hours", size: 3_600 },
        { name: "days", size: 86_400 },
      ];
    case "money":
    case "money_per_day":
      return [{ name: currency, size: minorPerUnit(currency) }];
    default:
      return [{ name: "", size: 1 }];
  }
};

/** What a target of one's own begins with: 50 %, 5 min, 100,000 of a currency, 100 of anything else. */
export const usualAmount = (unit: string, currency: string): number => {
  const [{ size, name } = { size: 1, name: "" }] = amountUnits(unit, currency);
  if (name === "%") return 0.5;
  if (name === "seconds") return 300;
  return name === currency ? 100_000 * size : 100;
};

/** Which of the units an amount is shown in: the largest that leaves it whole. */
export const startUnit = (value: number, units: ReadonlyArray<AmountUnit>): number =>
  Math.max(
    0,
    units.findLastIndex(({ size }) => value !== 0 && Number.isInteger(value / size)),
  );

export const unitName = (name: string, { texts }: Reader): string => {
  const { duration } = texts;
  return name === "seconds" || name === "minutes" || name === "hours" || name === "days" ? duration[name] : name;
};
