import type { ChartChoice } from "../../../console/saved-query.ts";
import type { AnswerColumn, Row } from "../answer/answer-lines.ts";
import { cellText, typeGroup } from "../answer/cell-text.ts";

/** Looked at to choose a chart: enough to know what the columns hold. */
const lookedAt = 1_000;
/** More of them than the page has colours cannot be told apart. */
const seriesMax = 7;
/** More bars than these are a line, or a cloud. */
const barsMax = 40;

const distinct = (rows: ReadonlyArray<Row>, column: number): number =>
  new Set(rows.slice(0, lookedAt).map((row) => cellText(row[column]))).size;

/** A column that names its rows, and so is nothing to be measured. */
const isKey = (name: string): boolean => /(?:^|_)(?:id|key|hash)$/iu.test(name);

/** What a chart can have along its axis and as its height: columns by what they hold. */
export const chartColumns = (columns: ReadonlyArray<AnswerColumn>) => ({
  x: columns.filter(({ type }) => typeGroup(type) !== "nested").map(({ name }) => name),
  y: columns.filter(({ type }) => typeGroup(type) === "number").map(({ name }) => name),
  series: columns.filter(({ type }) => ["text", "truth"].includes(typeGroup(type))).map(({ name }) => name),
});

/**
 * The chart that an answer suggests: a course over time, bars over names, a cloud of two numbers. Null where it is one number,
 * or holds none.
 */
export const chooseChart = (columns: ReadonlyArray<AnswerColumn>, rows: ReadonlyArray<Row>): ChartChoice | null => {
  if (rows.length < 2) return null;
  const all = columns.map(({ name, type }, index) => ({ name, index, group: typeGroup(type) }));
  const time = all.find(({ group }) => group === "time");
  const numbers = all.filter(({ name, group }) => group === "number" && !isKey(name));
  const texts = all.filter(({ group }) => group === "text" || group === "truth");
  const seriesOf = (but?: string): string | null =>
    texts.find(({ name, index }) => name !== but && distinct(rows, index) > 1 && distinct(rows, index) <= seriesMax)
      ?.name ?? null;
  const y = numbers[0];
  if (y === undefined) return null;
  if (time !== undefined) {
    const isFew = distinct(rows, time.index) <= 2;
    return { kind: isFew ? "bar" : "line", x: time.name, y: y.name, series: seriesOf() };
  }
  const named = texts.find(({ index }) => distinct(rows, index) > 1);
  if (named !== undefined) {
    const isCloud = numbers.length > 1 && rows.length > barsMax;
    if (isCloud) return { kind: "scatter", x: y.name, y: numbers[1]?.name ?? y.name, series: seriesOf() };
    // Each name once is a bar each; where names come again, a second name tells them apart.
    const isOnce = distinct(rows, named.index) === Math.min(rows.length, lookedAt);
    return { kind: "bar", x: named.name, y: y.name, series: isOnce ? null : seriesOf(named.name) };
  }
  const height = numbers[1];
  if (height === undefined) return null;
  const isCloud = distinct(rows, y.index) > barsMax || distinct(rows, y.index) < Math.min(rows.length, lookedAt);
  return { kind: isCloud ? "scatter" : "bar", x: y.name, y: height.name, series: null };
};

/** A choice that was made for another answer, where this one has its columns. */
export const fittingChoice = (
  choice: ChartChoice | null,
  columns: ReadonlyArray<AnswerColumn>,
  rows: ReadonlyArray<Row>,
): ChartChoice | null => {
  const { x, y, series } = chartColumns(columns);
  const isFit =
    choice !== null &&
    x.includes(choice.x) &&
    y.includes(choice.y) &&
    (choice.series === null || series.includes(choice.series));
  return isFit ? choice : chooseChart(columns, rows);
};
