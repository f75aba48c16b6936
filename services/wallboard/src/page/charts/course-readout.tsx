import type { CourseTile } from "../../board/board-definition.ts";
import type { SeriesData } from "../../board/tile-data.ts";
import { formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import type { ChartBox } from "./chart-box.ts";
import type { CourseFrame } from "./course-frame.ts";
import { pointAt } from "./course-frame.ts";
import { periodText } from "./period-text.ts";
import { seriesName } from "./series-labels.ts";

/** Where a course is drawn, and where the mouse stands over it; null: elsewhere. */
export interface CourseRoom {
  readonly box: ChartBox;
  readonly pointerPx: number | null;
}

interface CourseReadoutProps extends Pick<CourseRoom, "pointerPx"> {
  readonly data: SeriesData;
  readonly definition: CourseTile;
  readonly reader: Reader;
  readonly frame: CourseFrame;
  readonly colours: ReadonlyMap<string, number>;
}

/** The exact values of the point under the pointer. For whoever sits at a desk: the label and the ends say it to others. */
export const CourseReadout = ({ data, definition, reader, frame, colours, pointerPx }: CourseReadoutProps) => {
  if (pointerPx === null) return null;
  const index = pointAt(frame, data.startsMs.length, pointerPx);
  const x = frame.xOf(index);
  const isRunning = index === data.startsMs.length - 1;
  const period = periodText(data.startsMs[index] ?? 0, definition.unit, reader);
  const isLeft = x > (frame.plot.left + frame.plot.right) / 2;
  return (
    <div
      class="chart-readout"
      aria-hidden="true"
      data-side={isLeft ? "left" : "right"}
      style={{ "--x": `${x}px`, "--bottom": `${frame.plot.bottom}px` }}
    >
      <div class="chart-readout-box">
        <p class="chart-readout-period">{isRunning ? `${period}, ${reader.texts.charts.soFar}` : period}</p>
        {data.series.map(({ name, values }) => {
          const value = values[index];
          return (
            <p key={name} class="chart-readout-line" data-colour={colours.get(name) ?? 0}>
              {data.series.length > 1 && <span class="chart-label-mark" />}
              {data.series.length > 1 && <span class="chart-label-name">{seriesName(name, reader)}</span>}
              <span class="chart-label-value">
                {value === null || value === undefined
                  ? "–"
                  : formatValue(value, data, reader.locale, reader.texts, definition.format)}
              </span>
            </p>
          );
        })}
      </div>
    </div>
  );
};
