import type { SeriesData } from "../../board/tile-data.ts";
import type { Reader } from "../reader/reader.ts";
import { type ChartBox, chartFontPx, clamp, rounded } from "./chart-box.ts";
import { type CourseUnit, labelledPoints, periodTexts } from "./period-text.ts";
import { textWidthEm, widestEm } from "./text-width.ts";
import { tickTexts } from "./tick-text.ts";
import { type ValueScale, valueScale } from "./value-scale.ts";

export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Axes of a line or bar chart in pixels, y downwards. */
export interface CourseFrame {
  readonly fontPx: number;
  readonly plot: Plot;
  readonly scale: ValueScale;
  readonly ticks: ReadonlyArray<{ readonly y: number; readonly text: string; readonly isZero: boolean }>;
  readonly periods: ReadonlyArray<{ readonly x: number; readonly text: string }>;
  readonly pointPx: number;
  readonly xOf: (index: number) => number;
  readonly yOf: (value: number) => number;
}

export interface CourseWish {
  readonly data: Pick<SeriesData, "startsMs" | "unit" | "currency">;
  /** What the axis has to reach: of stacked bars, their sums. */
  readonly values: ReadonlyArray<number>;
  /** Bars stand in the middle of their room and from zero; lines go from edge to edge. */
  readonly bars: boolean;
  readonly unit: CourseUnit;
  /** Room at the right for what stands beside the last point. */
  readonly labelsEm: number;
}

const fractional = ["ratio", "s", "x", "months", "score"];
const isCount = (unit: string, currency: string | undefined, values: ReadonlyArray<number>): boolean =>
  currency === undefined && !fractional.includes(unit) && values.every(Number.isInteger);

const periodsOf = (
  { data, unit }: CourseWish,
  reader: Reader,
  fontPx: number,
  xOf: (index: number) => number,
  [least, most]: readonly [number, number],
) => {
  const texts = periodTexts(data.startsMs, unit, reader);
  const labelPx = (widestEm(texts) + 1) * fontPx;
  const pointPx = texts.length > 1 ? xOf(1) - xOf(0) : labelPx;
  return labelledPoints(texts.length, unit, pointPx, labelPx).map((index) => {
    const text = texts[index] ?? "";
    const half = (textWidthEm(text) * fontPx) / 2;
    return { x: rounded(clamp(xOf(index), least + half, Math.max(least + half, most - half))), text };
  });
};

/** Where everything stands; a box too low for words under the axis goes without them. */
export const courseFrame = (wish: CourseWish, box: ChartBox, reader: Reader): CourseFrame => {
  const { data, values, bars } = wish;
  const fontPx = chartFontPx(box);
  const hasPeriods = box.heightPx >= fontPx * 4.5;
  const top = fontPx * 0.7;
  const bottom = box.heightPx - fontPx * (hasPeriods ? 1.6 : 0.6);
  const scale = valueScale(values, {
    unit: data.unit,
    whole: isCount(data.unit, data.currency, values),
    fromZero: bars,
    spans: clamp(Math.floor((bottom - top) / (fontPx * 2.4)), 1, 5),
  });
  const texts = tickTexts(scale, data, reader);
  const axisPx = (widestEm(texts) + 0.6) * fontPx;
  const left = axisPx > box.widthPx * 0.35 ? 0 : axisPx;
  const right = Math.max(left + fontPx, box.widthPx - Math.min(wish.labelsEm * fontPx, box.widthPx * 0.34));
  const count = data.startsMs.length;
  // Few points stand at the right, where now is, and leave the past empty.
  const pointPx = bars ? (right - left) / Math.max(6, count) : (right - left - fontPx * 0.8) / Math.max(1, count - 1);
  const last = right - (bars ? pointPx / 2 : fontPx * 0.4);
  const xOf = (index: number): number => rounded(last - (count - 1 - index) * pointPx);
  const yOf = (value: number): number =>
    rounded(bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top));
  return {
    fontPx,
    plot: { left, top, right, bottom },
    scale,
    ticks: scale.ticks.map((value, index) => ({
      y: yOf(value),
      text: left === 0 ? "" : (texts[index] ?? ""),
      isZero: value === 0,
    })),
    periods: hasPeriods ? periodsOf(wish, reader, fontPx, xOf, [0, box.widthPx]) : [],
    pointPx,
    xOf,
    yOf,
  };
};

/** The point nearest to a place on the chart. */
export const pointAt = ({ xOf, pointPx }: CourseFrame, count: number, x: number): number =>
  clamp(Math.round((x - xOf(0)) / Math.max(pointPx, 1e-6)), 0, Math.max(0, count - 1));
