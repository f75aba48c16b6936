import type { NumberData } from "../../board/tile-data.ts";
import type { Texts } from "../texts/texts.ts";
import { formatSigned, formatValue } from "./number-format.ts";

/** A tile's change against its prior, ready to show. Colour never stands alone: arrow and words say the same. */
export interface Change {
  readonly text: string;
  readonly direction: "up" | "down" | "flat" | "unknown";
  readonly tone: "better" | "worse" | "plain";
}

const joint = "\u00a0";

/** What changed, in the unit people use for it: points for ratios, per cent for the rest, a factor beyond ten times. */
const amountOf = (value: number, prior: number, unit: string, locale: string, texts: Texts): string => {
  if (unit === "ratio") return `${formatSigned((value - prior) * 100, 1, locale)}${joint}${texts.points}`;
  const relative = (value - prior) / Math.abs(prior);
  if (relative >= 9) return `×${formatSigned(value / prior, 0, locale).slice(1)}`;
  const percent = relative * 100;
  return `${formatSigned(percent, Math.abs(percent) < 10 ? 1 : 0, locale)}${joint}%`;
};

export const changeOf = (
  tile: Pick<NumberData, "value" | "compared" | "unit" | "currency" | "better">,
  locale: string,
  texts: Texts,
): Change => {
  const { value, compared: prior = null, unit, better } = tile;
  if (value === null || prior === null) return { text: texts.noPrior, direction: "unknown", tone: "plain" };
  if (value === prior) return { text: texts.unchanged, direction: "flat", tone: "plain" };
  const direction = value > prior ? "up" : "down";
  const good = (direction === "up") === (better === "higher");
  const tone = better === "neither" ? "plain" : good ? "better" : "worse";
  // All of it is new: no share of nothing says how much.
  if (prior === 0 && unit !== "ratio") {
    const text = `${value > 0 ? "+" : ""}${formatValue(value, tile, locale, texts)}`;
    return { text, direction, tone };
  }
  return { text: amountOf(value, prior, unit, locale, texts), direction, tone };
};
