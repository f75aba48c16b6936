import { rounded } from "./chart-box.ts";
import type { CourseFrame } from "./course-frame.ts";

export interface Bar {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its period is not over. */
  readonly running: boolean;
}

type Values = ReadonlyArray<number | null>;

/** The least and most that stacked bars reach, per point: what is below zero is stacked downwards. */
export const stackedReach = (series: ReadonlyArray<Values>): number[] => {
  const points = Math.max(0, ...series.map((values) => values.length));
  return Array.from({ length: points }, (_, index) => {
    const at = series.map((values) => values[index] ?? 0);
    const sum = (sign: 1 | -1): number => at.reduce((total, value) => (value * sign > 0 ? total + value : total), 0);
    return [sum(-1), sum(1)];
  }).flat();
};

/** A bar leaves a quarter of its room, and is never so wide that a lone one fills the tile. */
const widthOf = ({ pointPx, fontPx }: CourseFrame): number => Math.min(pointPx * 0.76, fontPx * 6);

/** Bars of all series, in their order; a value of zero is a hairline, a gap is nothing. */
export const barShapes = (series: ReadonlyArray<Values>, stacked: boolean, frame: CourseFrame): Bar[][] => {
  const full = widthOf(frame);
  const width = stacked ? full : full / Math.max(1, series.length);
  const reached = new Map<string, number>();
  return series.map((values, order) =>
    values.flatMap((value, index) => {
      if (value === null) return [];
      const key = `${index}${value < 0 ? "-" : "+"}`;
      const from = stacked ? (reached.get(key) ?? 0) : 0;
      reached.set(key, from + value);
      const ends = [frame.yOf(from), frame.yOf(from + value)] as const;
      const y = Math.min(...ends);
      return {
        index,
        x: rounded(frame.xOf(index) - full / 2 + (stacked ? 0 : order * width)),
        y,
        width: rounded(Math.max(1, stacked || series.length === 1 ? width : width * 0.9)),
        height: rounded(Math.max(Math.abs(ends[0] - ends[1]), value === 0 && stacked ? 0 : 1)),
        running: index === values.length - 1,
      };
    }),
  );
};
