import type { TileBodyProps } from "../tiles/tile-body.ts";
import { ChartView } from "./chart-view.tsx";
import { CourseAxes } from "./course-axes.tsx";
import { courseFrame } from "./course-frame.ts";
import { CourseLabels } from "./course-labels.tsx";
import { CourseReadout, type CourseRoom } from "./course-readout.tsx";
import { courseText } from "./course-text.ts";
import { lineShape } from "./line-shape.ts";
import { labelsWidthEm, seriesLabels } from "./series-labels.ts";
import { useSeriesColours } from "./use-series-colours.ts";

const LineChart = ({ data, definition, reader, box, pointerPx }: TileBodyProps<"line"> & CourseRoom) => {
  const colours = useSeriesColours(data.series.map(({ name }) => name));
  const values = data.series.flatMap((one) => one.values).filter((value) => value !== null);
  const labels = seriesLabels(data, definition, box, reader);
  const frame = courseFrame(
    { data, values, bars: false, unit: definition.unit, labelsEm: labelsWidthEm(labels) },
    box,
    reader,
  );
  const shapes = data.series.map((one) => ({ name: one.name, ...lineShape(one.values, frame) }));
  const ends = data.series.map(({ values }) =>
    frame.yOf(values.findLast((value) => value !== null) ?? frame.scale.low),
  );
  return (
    <>
      <svg class="chart-svg" role="img" aria-label={courseText(data, definition, reader)}>
        <CourseAxes {...frame} />
        {shapes.map(({ name, line, running, area, alone, end }) => (
          <g key={name} class="chart-series" data-colour={colours.get(name) ?? 0}>
            {shapes.length === 1 && <path class="chart-area" d={area} />}
            <path class="chart-line" d={line} />
            <path class="chart-line chart-running" d={running} />
            {alone.map(({ x, y }) => (
              <circle key={x} class="chart-dot" cx={x} cy={y} r={frame.fontPx * 0.2} />
            ))}
            {end !== null && <circle class="chart-end" cx={end.x} cy={end.y} r={frame.fontPx * 0.3} />}
          </g>
        ))}
      </svg>
      <CourseLabels labels={labels} ends={ends} colours={colours} frame={frame} />
      <CourseReadout {...{ data, definition, reader, frame, colours, pointerPx }} />
    </>
  );
};

/** A line over time for each group, the running period dashed and open-ended. */
export const LineBody = (props: TileBodyProps<"line">) => (
  <ChartView
    {...props}
    isEmpty={props.data.series.every(({ values }) => values.every((value) => value === null))}
    hasReadout
    draw={(box, pointerPx) => <LineChart {...props} box={box} pointerPx={pointerPx} />}
  />
);
