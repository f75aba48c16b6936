import type { TileBodyProps } from "../tiles/tile-body.ts";
import { barShapes, stackedReach } from "./bar-shape.ts";
import { ChartView } from "./chart-view.tsx";
import { CourseAxes } from "./course-axes.tsx";
import { courseFrame } from "./course-frame.ts";
import { CourseLabels } from "./course-labels.tsx";
import { CourseReadout, type CourseRoom } from "./course-readout.tsx";
import { courseText } from "./course-text.ts";
import { labelsWidthEm, seriesLabels } from "./series-labels.ts";
import { useSeriesColours } from "./use-series-colours.ts";

const BarChart = ({ data, definition, reader, box, pointerPx }: TileBodyProps<"bar"> & CourseRoom) => {
  const colours = useSeriesColours(data.series.map(({ name }) => name));
  const series = data.series.map(({ values }) => values);
  // What does not add up, such as shares and durations, stands side by side: its sum would say nothing.
  const stacked = data.addsUp === true && series.length > 1;
  const labels = seriesLabels(data, definition, box, reader);
  const frame = courseFrame(
    {
      data,
      values: stacked ? stackedReach(series) : series.flat().filter((value) => value !== null),
      bars: true,
      unit: definition.unit,
      labelsEm: labelsWidthEm(labels),
    },
    box,
    reader,
  );
  const shapes = barShapes(series, stacked, frame);
  const ends = shapes.map((bars, order) => {
    const newest = bars.findLast((bar) => bar.running);
    if (newest === undefined) return frame.yOf(0);
    const isBelow = (series[order]?.at(-1) ?? 0) < 0;
    return stacked ? newest.y + newest.height / 2 : isBelow ? newest.y + newest.height : newest.y;
  });
  return (
    <>
      <svg class="chart-svg" role="img" aria-label={courseText(data, definition, reader)}>
        <CourseAxes {...frame} />
        {shapes.map((bars, order) => {
          const name = data.series[order]?.name ?? "";
          return (
            <g key={name} class="chart-series" data-colour={colours.get(name) ?? 0}>
              {bars.map(({ index, running, ...box }) => (
                <rect key={index} class={running ? "chart-bar chart-running" : "chart-bar"} {...box} />
              ))}
            </g>
          );
        })}
      </svg>
      <CourseLabels labels={labels} ends={ends} colours={colours} frame={frame} />
      <CourseReadout {...{ data, definition, reader, frame, colours, pointerPx }} />
    </>
  );
};

/** Bars over time, stacked by group where the values add up; the bar of the running period is lighter and outlined. */
export const BarBody = (props: TileBodyProps<"bar">) => (
  <ChartView
    {...props}
    isEmpty={props.data.series.every(({ values }) => values.every((value) => value === null))}
    hasReadout
    draw={(box, pointerPx) => <BarChart {...props} box={box} pointerPx={pointerPx} />}
  />
);
