import type { CourseTile } from "../../board/board-definition.ts";
import type { SeriesData } from "../../board/tile-data.ts";
import type { Reader } from "../reader/reader.ts";
import type { ChartBox } from "./chart-box.ts";
import { othersName } from "./series-colours.ts";
import { spreadLabels } from "./spread-labels.ts";
import { textWidthEm } from "./text-width.ts";
import { shortText } from "./tick-text.ts";

type Series = SeriesData["series"][number];

/** What stands beside the last point of a series, instead of a legend: its name, and its newest value where that fits. */
export interface SeriesLabel {
  readonly series: string;
  readonly name: string;
  readonly value: string;
}

/** How a series is called: the rest of the groups has no name of its own. */
export const seriesName = (name: string, { texts }: Reader): string =>
  name === othersName ? texts.charts.others : name;

export const seriesLabels = (
  { series, ...measured }: SeriesData,
  { format }: CourseTile,
  box: ChartBox,
  reader: Reader,
): SeriesLabel[] => {
  const several = series.length > 1;
  const hasValues = !several || box.widthPx >= box.remPx * 26;
  const textOf = ({ values }: Series): string => {
    const newest = values.at(-1);
    return newest === null || newest === undefined ? "" : shortText(newest, measured, format, reader);
  };
  return series.map((one) => ({
    series: one.name,
    name: several ? seriesName(one.name, reader) : "",
    value: hasValues ? textOf(one) : "",
  }));
};

/** With the mark before it and the space around. */
export const labelsWidthEm = (labels: ReadonlyArray<SeriesLabel>): number => {
  const widest = Math.max(0, ...labels.map(({ name, value }) => textWidthEm(name) + textWidthEm(value) * 1.1));
  return widest === 0 ? 0.5 : widest + (labels.length > 1 ? 2.4 : 1);
};

/** Labels with their middles, nearest to where their series end; those of the last series go where there is no room. */
export const placeLabels = (
  labels: ReadonlyArray<SeriesLabel>,
  ends: ReadonlyArray<number>,
  { fontPx, plot }: { readonly fontPx: number; readonly plot: { readonly top: number; readonly bottom: number } },
): ReadonlyArray<SeriesLabel & { readonly y: number }> => {
  const middles = spreadLabels(ends, fontPx * 1.25, plot.top - fontPx * 0.6, plot.bottom + fontPx * 0.6);
  return labels.flatMap((label, index) => {
    const y = middles[index];
    return y === null || y === undefined ? [] : [{ ...label, y }];
  });
};
