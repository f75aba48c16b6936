import type { ChartChoice } from "../../../console/saved-query.ts";
import type { AnswerColumn, Cell, Row } from "../answer/answer-lines.ts";
import { bareType, cellText, typeGroup } from "../answer/cell-text.ts";

export interface PointSeries {
  readonly name: string;
  /** A value for each place on the axis; null where there is none. */
  readonly values: ReadonlyArray<number | null>;
  /** The places that have a row of this series: a line goes on over the others but missing days (`lineStops`). */
  readonly places: ReadonlyArray<number>;
}

/** What a chart is drawn from. */
export interface ChartPoints {
  readonly axis: "time" | "number" | "name";
  /** Of each place on the axis, in order: ms for times, the number for numbers, its index for names. */
  readonly xs: ReadonlyArray<number>;
  readonly names: ReadonlyArray<string>;
  readonly series: ReadonlyArray<PointSeries>;
  /** Rows at a place of the axis that already had one: the last of them is shown. */
  readonly doubled: number;
  /** Of all series and places, how many are drawn. */
  readonly seriesInAll: number;
  readonly placesInAll: number;
}

const seriesMax = 7;
const placesMax = { line: 2_000, bar: 300, scatter: 5_000 } as const;

/** ClickHouse writes times in their column's own zone: read as if that were UTC, they stay in it. */
const instantOf = (text: string): number => Date.parse(`${text.replace(" ", "T")}${text.length > 10 ? "Z" : ""}`);

const numberOf = (cell: Cell | undefined): number | null => {
  if (cell === null || cell === undefined || cell === "") return null;
  const read = Number(cell);
  return Number.isFinite(read) ? read : null;
};

const axisOf = ({ kind }: ChartChoice, type: string): ChartPoints["axis"] => {
  const group = typeGroup(type);
  if (group === "time" && !bareType(type).startsWith("Time")) return "time";
  // Bars over whole numbers, such as hours of the day, stand side by side like names.
  return group === "number" && kind !== "bar" ? "number" : "name";
};

interface Place {
  readonly x: number;
  readonly name: string;
  readonly values: Map<string, number | null>;
}

const sizeOf = (places: ReadonlyArray<Place>, series: string): number =>
  places.reduce((sum, { values }) => sum + Math.abs(values.get(series) ?? 0), 0);

/** The points of an answer for a chart. Where there are more series than colours, the largest are drawn. */
export const chartPoints = (
  columns: ReadonlyArray<AnswerColumn>,
  rows: ReadonlyArray<Row>,
  choice: ChartChoice,
): ChartPoints => {
  const indexOf = (name: string | null): number => columns.findIndex((column) => column.name === name);
  const [x, y, by] = [indexOf(choice.x), indexOf(choice.y), indexOf(choice.series)];
  const type = columns[x]?.type ?? "";
  const axis = axisOf(choice, type);
  const places = new Map<string, Place>();
  const names = new Set<string>();
  let doubled = 0;
  for (const [index, row] of rows.entries()) {
    const label = cellText(row[x]);
    const at = axis === "time" ? instantOf(label) : axis === "number" ? numberOf(row[x]) : places.size;
    const value = numberOf(row[y]);
    if (at === null || Number.isNaN(at)) continue;
    const series = by < 0 ? "" : cellText(row[by]) || "–";
    // In a cloud each row is a point of its own.
    const key = choice.kind === "scatter" ? String(index) : label;
    const place = places.get(key) ?? { x: at, name: label, values: new Map<string, number | null>() };
    places.set(key, place);
    if (place.values.has(series)) doubled++;
    place.values.set(series, value);
    names.add(series);
  }
  const all = [...places.values()];
  if (axis !== "name") all.sort((a, b) => a.x - b.x);
  else if (typeGroup(type) === "number") all.sort((a, b) => Number(a.name) - Number(b.name));
  const drawn = all.slice(0, placesMax[choice.kind]);
  const largest = [...names].sort((a, b) => sizeOf(drawn, b) - sizeOf(drawn, a)).slice(0, seriesMax);
  return {
    axis,
    xs: drawn.map((place, index) => (axis === "name" ? index : place.x)),
    names: drawn.map(({ name }) => name),
    series: largest.map((name) => ({
      name,
      values: drawn.map(({ values }) => values.get(name) ?? null),
      places: drawn.flatMap(({ values }, index) => (values.has(name) ? index : [])),
    })),
    doubled,
    seriesInAll: names.size,
    placesInAll: all.length,
  };
};

const dayMs = 86_400_000;

/** Whether an axis goes by days: most of its places are a day behind the one before, and none lies within a day. */
const isByDay = ({ axis, xs }: ChartPoints): boolean => {
  const steps = xs.slice(1).map((x, index) => x - (xs[index] ?? x));
  return (
    axis === "time" &&
    xs.every((x) => x % dayMs === 0) &&
    steps.filter((step) => step === dayMs).length * 2 > steps.length
  );
};

/** The places that a series' line goes over, null where it stops: by days, a day without a row is a gap. */
export const lineStops = (points: ChartPoints, { places }: PointSeries): ReadonlyArray<number | null> => {
  if (!isByDay(points)) return places;
  const at = (place: number | undefined): number => points.xs[place ?? 0] ?? 0;
  return places.flatMap((place, index) =>
    index > 0 && at(place) - at(places[index - 1]) > dayMs ? [null, place] : [place],
  );
};
