import type { ChartChoice } from "../../../console/saved-query.ts";
import { barShapes } from "../../charts/bar-shape.ts";
import type { ChartBox } from "../../charts/chart-box.ts";
import { CourseAxes } from "../../charts/course-axes.tsx";
import type { CourseFrame } from "../../charts/course-frame.ts";
import { CourseLabels } from "../../charts/course-labels.tsx";
import { lineShape } from "../../charts/line-shape.ts";
import { ReadoutBox } from "../../charts/readout-box.tsx";
import { labelsWidthEm, type SeriesLabel } from "../../charts/series-labels.ts";
import { useSeriesColours } from "../../charts/use-series-colours.ts";
import { fill } from "../../texts/texts.ts";
import type { ConsoleReader } from "../console-words.ts";
import { type ChartPoints, lineStops, type PointSeries } from "./chart-points.ts";
import { pointsFrame, timeTexts } from "./points-frame.ts";
import { valueText } from "./value-text.ts";

interface PointsChartProps {
  readonly points: ChartPoints;
  readonly choice: ChartChoice;
  readonly box: ChartBox;
  readonly reader: ConsoleReader;
  /** Where a mouse stands over the chart; null: elsewhere. */
  readonly pointerPx: number | null;
}

/** Nothing in an answer is still running: a gap behind the last point keeps the tile's shapes from taking it for that. */
const ended = (values: ReadonlyArray<number | null>): ReadonlyArray<number | null> => [...values, null];

/** A line over the places that have a row of the series. */
const lineOf = (points: ChartPoints, series: PointSeries, frame: CourseFrame) => {
  const stops = lineStops(points, series);
  return lineShape(ended(stops.map((place) => (place === null ? null : (series.values[place] ?? null)))), {
    ...frame,
    xOf: (index) => frame.xOf(stops[index] ?? 0),
  });
};

const placeText = ({ axis, names }: ChartPoints, index: number): string => {
  const name = names[index] ?? "";
  return axis === "time" ? name.replace(/ 00:00:00(?:\.0+)?$/u, "") : name || "–";
};

const nearest = ({ xs }: ChartPoints, frame: CourseFrame, px: number): number =>
  xs.reduce((best, _, index) => (Math.abs(frame.xOf(index) - px) < Math.abs(frame.xOf(best) - px) ? index : best), 0);

const Readout = ({
  points,
  frame,
  colours,
  reader,
  pointerPx,
}: Pick<PointsChartProps, "points" | "reader"> & {
  readonly frame: CourseFrame;
  readonly colours: ReadonlyMap<string, number>;
  readonly pointerPx: number;
}) => {
  const index = nearest(points, frame, pointerPx);
  const lines = points.series.map(({ name, values }) => ({
    series: name,
    name,
    value: valueText(values[index] ?? null, reader),
  }));
  return <ReadoutBox {...{ frame, index, lines, colours }} place={placeText(points, index)} />;
};

/** What a screen reader hears: of each series the lowest, highest and last value. */
const spoken = ({ points, choice, reader }: PointsChartProps): string => {
  const ends =
    points.axis === "time" ? timeTexts([points.xs[0] ?? 0, points.xs.at(-1) ?? 0], reader).join(" – ") : choice.x;
  const sentences = points.series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    return fill(reader.texts.charts.course, {
      name: name === "" ? choice.y : name,
      low: valueText(Math.min(...known), reader),
      high: valueText(Math.max(...known), reader),
      newest: valueText(values.at(-1) ?? null, reader),
    });
  });
  return `${ends}. ${sentences.join(". ")}`;
};

const Marks = ({
  points,
  choice,
  frame,
  colours,
}: Pick<PointsChartProps, "points" | "choice"> & {
  readonly frame: CourseFrame;
  readonly colours: ReadonlyMap<string, number>;
}) => {
  const bars =
    choice.kind === "bar"
      ? barShapes(
          points.series.map(({ values }) => ended(values)),
          false,
          frame,
        )
      : [];
  return (
    <>
      {points.series.map((series, order) => {
        const { name, values } = series;
        const line = choice.kind === "line" ? lineOf(points, series, frame) : null;
        return (
          <g key={name} class="chart-series" data-colour={colours.get(name) ?? 0}>
            {line !== null && points.series.length === 1 && <path class="chart-area" d={line.area} />}
            {line !== null && <path class="chart-line" d={line.line} />}
            {line?.alone.map(({ x, y }) => (
              <circle key={x} class="chart-dot" cx={x} cy={y} r={frame.fontPx * 0.22} />
            ))}
            {bars[order]?.map(({ index, running: _, ...bar }) => (
              <rect key={index} class="chart-bar" {...bar} />
            ))}
            {choice.kind === "scatter" &&
              values.map((value, index) =>
                value === null ? null : (
                  <circle
                    key={index}
                    class="chart-dot sql-point"
                    cx={frame.xOf(index)}
                    cy={frame.yOf(value)}
                    r={frame.fontPx * 0.26}
                  />
                ),
              )}
          </g>
        );
      })}
    </>
  );
};

/** A line, bars side by side, or a cloud, in the looks of the boards' charts. */
export const PointsChart = (props: PointsChartProps) => {
  const { points, choice, box, reader, pointerPx } = props;
  const colours = useSeriesColours(points.series.map(({ name }) => name));
  const several = points.series.length > 1;
  const labels: ReadonlyArray<SeriesLabel> = several
    ? points.series.map(({ name }) => ({ series: name, name, value: "" }))
    : [];
  const values = points.series.flatMap((one) => one.values).filter((value) => value !== null);
  const frame = pointsFrame(
    { points, values, isBars: choice.kind === "bar", labelsEm: labelsWidthEm(labels) },
    box,
    reader,
  );
  const ends = points.series.map((one) => frame.yOf(one.values.findLast((value) => value !== null) ?? frame.scale.low));
  return (
    <>
      <svg class="chart-svg" role="img" aria-label={spoken(props)}>
        <CourseAxes {...frame} />
        <Marks points={points} choice={choice} frame={frame} colours={colours} />
      </svg>
      {several && <CourseLabels labels={labels} ends={ends} colours={colours} frame={frame} />}
      {pointerPx !== null && <Readout {...{ points, frame, colours, reader, pointerPx }} />}
    </>
  );
};
