import type { CourseTile } from "../../board/board-definition.ts";
import type { SeriesData } from "../../board/tile-data.ts";
import { formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { titleOf } from "../tiles/tile-title.ts";
import { periodText } from "./period-text.ts";
import { seriesName } from "./series-labels.ts";

/** What a screen reader hears of a course: the time it covers, and of each series the lowest, highest and newest value. */
export const courseText = (data: SeriesData, definition: CourseTile, reader: Reader): string => {
  const read = (value: number): string => formatValue(value, data, reader.locale, reader.texts, definition.format);
  const [first, last] = [data.startsMs[0], data.startsMs.at(-1)];
  const covered =
    first === undefined || last === undefined
      ? ""
      : `${periodText(first, definition.unit, reader)} – ${periodText(last, definition.unit, reader)}. `;
  const sentences = data.series.flatMap(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return [];
    const newest = values.at(-1);
    return fill(reader.texts.charts.course, {
      name: data.series.length > 1 ? seriesName(name, reader) : titleOf(definition, reader).title,
      low: read(Math.min(...known)),
      high: read(Math.max(...known)),
      newest: newest === null || newest === undefined ? "–" : read(newest),
    });
  });
  return `${covered}${sentences.join(". ")}`;
};
