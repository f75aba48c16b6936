import { currencyExponent } from "@leadwire/events";

/** What stands where there is no number. */
export const noNumber = "–";

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/gu, ",");

/** `10,005,534` */
export const wholeText = (value: number): string => `${value < 0 ? "-" : ""}${grouped(Math.abs(value).toFixed(0))}`;

const twoDecimals = (value: number): string => {
  const [whole = "0", fraction = "00"] = Math.abs(value).toFixed(2).split(".");
  return `${value < 0 ? "-" : ""}${grouped(whole)}.${fraction}`;
};

/** `10,005,534`, or `1.50` where it is not whole. */
export const countText = (value: number): string => (Number.isInteger(value) ? wholeText(value) : twoDecimals(value));

/** `10,005,534.00 USD`, from minor units; a part of a minor unit is rounded away. */
export const moneyText = (minor: number, currency: string): string => {
  const decimals = currencyExponent(currency) ?? 2;
  const rounded = Math.round(Math.abs(minor));
  const digits = rounded.toFixed(0).padStart(decimals + 1, "0");
  const whole = grouped(digits.slice(0, digits.length - decimals));
  const fraction = decimals === 0 ? "" : `.${digits.slice(-decimals)}`;
  return `${minor < 0 && rounded > 0 ? "-" : ""}${whole}${fraction} ${currency}`;
};

/** `63.15 %` */
export const percentText = (ratio: number): string => `${twoDecimals(ratio * 100)} %`;

const minuteS = 60;
const hourS = 3600;
const dayS = 86_400;

/** `4.2 s`, `3 min 12 s`, `5 h 12 min`, `51.8 days` */
export const durationText = (seconds: number): string => {
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  if (size >= dayS) {
    const [whole = "0", tenth = "0"] = (size / dayS).toFixed(1).split(".");
    return `${sign}${grouped(whole)}.${tenth} days`;
  }
  if (size < minuteS) return `${sign}${Number(size.toFixed(1))} s`;
  const [unitS, unit, partS, part] =
    size < hourS ? ([minuteS, "min", 1, "s"] as const) : ([hourS, "h", minuteS, "min"] as const);
  const parts = Math.round(size / partS);
  const perUnit = unitS / partS;
  const rest = parts % perUnit;
  return `${sign}${Math.floor(parts / perUnit)} ${unit}${rest === 0 ? "" : ` ${rest} ${part}`}`;
};

/** As `durationText` up to a day, then in hours: `160.8 h`. A day of 24 h would be three working days. */
export const businessTimeText = (seconds: number): string => {
  if (Math.abs(seconds) < dayS) return durationText(seconds);
  const [whole = "0", tenth = "0"] = (Math.abs(seconds) / hourS).toFixed(1).split(".");
  return `${seconds < 0 ? "-" : ""}${grouped(whole)}.${tenth} h`;
};
