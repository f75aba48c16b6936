import type { CourseTile } from "../../board/board-definition.ts";
import type { SeriesData } from "../../board/tile-data.ts";
import { formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import type { ChartBox } from "./chart-box.ts";
import type { CourseFrame } from "./course-frame.ts";
import { pointAt } from "./course-frame.ts";
import { periodText } from "./period-text.ts";
import { ReadoutBox } from "./readout-box.tsx";
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
  const isRunning = index === data.startsMs.length - 1;
  const period = periodText(data.startsMs[index] ?? 0, definition.unit, reader);
  const place = isRunning ? `${period}, ${reader.texts.charts.soFar}` : period;
  const textOf = (value: number | null | undefined): string =>
    value === null || value === undefined
      ? "–"
      : formatValue(value, data, reader.locale, reader.texts, definition.format);
  const lines = data.series.map(({ name, values }) => ({
    series: name,
    name: seriesName(name, reader),
    value: textOf(values[index]),
  }));
  return <ReadoutBox {...{ frame, index, place, lines, colours }} />;
};
