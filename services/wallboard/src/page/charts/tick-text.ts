import type { NumberFormat } from "../../board/board-definition.ts";
import { formatRatio, formatValue, type Measured, numberFormatter } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import type { ValueScale } from "./value-scale.ts";

const joint = "\u00a0";

/** All ticks of a duration in one unit, the largest that the step is whole in. */
const durationText = (seconds: number, step: number, { locale, texts }: Reader): string => {
  const [size, unit] =
    step >= 86_400
      ? [86_400, texts.duration.days]
      : step >= 3_600
        ? [3_600, texts.duration.hours]
        : step >= 60
          ? [60, texts.duration.minutes]
          : [1, texts.duration.seconds];
  return `${numberFormatter(locale, { maximumFractionDigits: 1 }).format(seconds / size)}${joint}${unit}`;
};

const moneyText = (minor: number, currency: string, locale: string): string => {
  const style: Intl.NumberFormatOptions = { style: "currency", currency };
  const digits = numberFormatter(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  return numberFormatter(locale, { ...style, notation: "compact", maximumSignificantDigits: 3 }).format(
    minor / 10 ** digits,
  );
};

const textOf = (value: number, step: number, { unit, currency }: Measured, reader: Reader): string => {
  if (unit === "ratio") return formatRatio(value, reader.locale);
  if (unit === "s") return durationText(value, step, reader);
  if (currency !== undefined) return moneyText(value, currency, reader.locale);
  const text = numberFormatter(reader.locale, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
  return unit === "x" ? `${text}×` : text;
};

/** The values of an axis, as short as they can be read. */
export const tickTexts = ({ ticks, step }: ValueScale, measured: Measured, reader: Reader): string[] =>
  ticks.map((value) => textOf(value, step, measured, reader).replace("-", "−"));

/** One value where there is little room, as the tile's format has it where that says something. */
export const shortText = (value: number, measured: Measured, format: NumberFormat, reader: Reader): string => {
  const { unit, currency } = measured;
  const isAsked = format.decimals !== undefined || format.compact !== undefined;
  if (isAsked || unit === "ratio" || unit === "s" || unit === "months" || Math.abs(value) < 1_000)
    return formatValue(value, measured, reader.locale, reader.texts, format);
  return textOf(value, value, { unit, ...(currency === undefined ? {} : { currency }) }, reader).replace("-", "−");
};
