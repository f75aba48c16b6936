import type { ToldAlert } from "@leadwire/alerts";
import type { TextStyle } from "./channel-deps.ts";

const noNumber = "no value";

/** Two parts at most: `2 d 3 h`, `3 min 12 s`. */
const durationText = (seconds: number): string => {
  const sign = seconds < 0 ? "-" : "";
  const whole = Math.round(Math.abs(seconds));
  const parts: ReadonlyArray<readonly [number, string]> = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ];
  const first = parts.findIndex(([size]) => size > 0);
  if (first === -1) return "0 s";
  const shown = parts.slice(first, first + 2).filter(([size]) => size > 0);
  return sign + shown.map(([size, unit]) => `${size} ${unit}`).join(" ");
};

/** Minor units as an amount of the workspace's currency. */
const moneyText = (minor: number, { locale, currency }: TextStyle): string => {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

/** A value in the unit of its metric, as a person reads it. */
export const valueText = (value: number | null, unit: string, style: TextStyle): string => {
  if (value === null) return noNumber;
  const count = (number: number): string =>
    new Intl.NumberFormat(style.locale, { maximumFractionDigits: 2 }).format(number);
  switch (unit) {
    case "ratio":
      return `${new Intl.NumberFormat(style.locale, { maximumFractionDigits: 1 }).format(value * 100)} %`;
    case "s":
      return durationText(value);
    case "ms":
      return durationText(value / 1000);
    case "money":
      return moneyText(value, style);
    case "money_per_day":
      return `${moneyText(value, style)} a day`;
    case "x":
      return `${count(value)} ×`;
    case "":
      return count(value);
    default:
      return `${count(value)} ${unit}`;
  }
};

/** `21.4 %, level 25 %, 3 of 14`: what was found, what it was held against, and what it is made of. */
export const figuresText = (alert: ToldAlert, style: TextStyle): string => {
  if (alert.value === null && alert.threshold === null) return "";
  const { value, threshold, unit, numerator, denominator } = alert;
  const count = new Intl.NumberFormat(style.locale);
  return [
    valueText(value, unit, style),
    ...(threshold === null ? [] : [`level ${valueText(threshold, unit, style)}`]),
    ...(unit === "ratio" && numerator !== null && denominator !== null
      ? [`${count.format(numerator)} of ${count.format(denominator)}`]
      : []),
  ].join(", ");
};

/** An instant on the workspace's wall clock, with the zone: `2026-11-20 14:05 Europe/Bucharest`. */
export const instantText = (iso: string, zone: string): string => {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(Date.parse(iso));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")} ${zone}`;
};
