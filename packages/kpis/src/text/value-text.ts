import { businessTimeText, countText, durationText, moneyText, noNumber, percentText } from "./number-text.ts";

/** What a number is counted in. */
export interface Counted {
  /** A metric's unit, or another word: a plain number then. */
  readonly unit: string;
  readonly currency?: string;
  /** Of a metric with several numbers: the name tells business time apart. */
  readonly statistic?: string;
}

const isBusinessTime = ({ statistic = "" }: Counted): boolean => statistic.split("_").includes("business");

/** A number in a unit, as a person reads it. */
export const numberText = (value: number | null, counted: Counted): string => {
  const { unit, currency } = counted;
  if (value === null) return noNumber;
  switch (unit) {
    case "ratio":
      return percentText(value);
    case "s":
      return isBusinessTime(counted) ? businessTimeText(value) : durationText(value);
    case "money":
      return moneyText(value, currency ?? "");
    case "money_per_day":
      return `${moneyText(value, currency ?? "")} a day`;
    case "x":
      return `${countText(value)} ×`;
    case "months":
      return `${countText(value)} months`;
    default:
      return countText(value);
  }
};
