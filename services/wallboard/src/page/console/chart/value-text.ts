import { numberFormatter } from "../../reader/number-format.ts";
import type { Reader } from "../../reader/reader.ts";

/** A value of a chart in the reader's digits; what it counts only its column's name says. */
export const valueText = (value: number | null, { locale }: Pick<Reader, "locale">): string =>
  value === null
    ? "–"
    : numberFormatter(locale, { maximumFractionDigits: Math.abs(value) < 1 ? 4 : 2 })
        .format(value)
        .replace("-", "−");
