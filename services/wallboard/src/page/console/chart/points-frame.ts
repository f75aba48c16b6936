import { type ChartBox, chartFontPx, clamp, rounded } from "../../charts/chart-box.ts";
import type { CourseFrame } from "../../charts/course-frame.ts";
import { textWidthEm, widestEm } from "../../charts/text-width.ts";
import { tickTexts } from "../../charts/tick-text.ts";
import { valueScale } from "../../charts/value-scale.ts";
import type { Reader } from "../../reader/reader.ts";
import type { ChartPoints } from "./chart-points.ts";

const plain = { unit: "" } as const;
const dayMs = 86_400_000;

/** How a time is written beside others that span so much. Times stay in their column's zone (instantOf). */
export const timeTexts = (xs: ReadonlyArray<number>, { locale }: Reader): ReadonlyArray<string> => {
  const span = (xs.at(-1) ?? 0) - (xs[0] ?? 0);
  const hasHours = xs.some((x) => x % dayMs !== 0);
  const form: Intl.DateTimeFormatOptions =
    hasHours && span <= 2 * dayMs
      ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
      : span <= 330 * dayMs
        ? { day: "numeric", month: "short" }
        : { month: "short", year: "2-digit" };
  const formatter = new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" });
  return xs.map((x) => formatter.format(x));
};

const nameMax = 18;
const shortened = (name: string): string => (name.length > nameMax ? `${name.slice(0, nameMax - 1)}…` : name);

interface Mark {
  readonly x: number;
  readonly text: string;
}

/** As many of the labels as stand beside each other, the first one always. */
const spaced = (marks: ReadonlyArray<Mark>, fontPx: number, [least, most]: readonly [number, number]): Mark[] => {
  const shown: Mark[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const { x, text } of marks) {
    const half = (textWidthEm(text) * fontPx) / 2;
    const at = clamp(x, least + half, Math.max(least + half, most - half));
    if (at - half < free || shown.at(-1)?.text === text) continue;
    shown.push({ x: rounded(at), text });
    free = at + half + fontPx * 0.8;
  }
  return shown;
};

interface FrameWish {
  readonly points: ChartPoints;
  /** What the height has to reach: of stacked bars, their sums. */
  readonly values: ReadonlyArray<number>;
  readonly isBars: boolean;
  /** Room at the right for what stands beside the last point. */
  readonly labelsEm: number;
}

/** Axes of an answer's chart, such as those of a tile have: numbers up, times, numbers or names along. */
export const pointsFrame = (
  { points, values, isBars, labelsEm }: FrameWish,
  box: ChartBox,
  reader: Reader,
): CourseFrame => {
  const { axis, xs, names } = points;
  const fontPx = clamp(chartFontPx(box), box.remPx * 0.75, box.remPx * 0.875);
  const top = fontPx * 0.9;
  const bottom = box.heightPx - fontPx * 1.8;
  const whole = values.every(Number.isInteger);
  const spans = clamp(Math.floor((bottom - top) / (fontPx * 3)), 1, 8);
  const scale = valueScale(values, { ...plain, whole, fromZero: isBars, spans });
  const texts = tickTexts(scale, plain, reader);
  const left = (widestEm(texts) + 0.8) * fontPx;
  const right = Math.max(left + fontPx, box.widthPx - Math.min(Math.max(labelsEm, 1) * fontPx, box.widthPx * 0.34));
  const count = Math.max(1, xs.length);
  const isEven = isBars || axis === "name";
  const along =
    axis === "number" && !isEven
      ? valueScale(xs, { ...plain, whole: xs.every(Number.isInteger), fromZero: false, spans: 8 })
      : null;
  const [first, last] = along === null ? [xs[0] ?? 0, xs.at(-1) ?? 1] : [along.low, along.high];
  const placePx = (right - left) / count;
  const atValue = (x: number): number =>
    rounded(
      last === first ? (left + right) / 2 : left + ((x - first) / (last - first)) * (right - left - fontPx * 0.5),
    );
  const xOf = (index: number): number => (isEven ? rounded(left + placePx * (index + 0.5)) : atValue(xs[index] ?? 0));
  const yOf = (value: number): number =>
    rounded(bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top));
  const labels: ReadonlyArray<Mark> =
    along !== null
      ? tickTexts(along, plain, reader).map((text, index) => ({ x: atValue(along.ticks[index] ?? 0), text }))
      : (axis === "time" ? timeTexts(xs, reader) : names.map(shortened)).map((text, index) => ({
          x: xOf(index),
          text,
        }));
  return {
    fontPx,
    plot: { left, top, right, bottom },
    scale,
    ticks: scale.ticks.map((value, index) => ({ y: yOf(value), text: texts[index] ?? "", isZero: value === 0 })),
    periods: spaced(labels, fontPx, [left - fontPx, box.widthPx]),
    pointPx: isEven ? placePx : Math.max(1, (right - left) / count),
    xOf,
    yOf,
  };
};
