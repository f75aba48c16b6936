import type { KpiAnswer } from "@leadwire/kpis";

/** Lines that can be told apart; what is beside them is put together where that adds up. */
const seriesMax = 7;

/** One point: the values of the groups that have any. */
export type GroupValues = ReadonlyMap<string, number | null>;

/** The answers to a question by one dimension, or by none: then under "". */
export const groupValues = (answers: ReadonlyArray<KpiAnswer>): GroupValues =>
  new Map(answers.map(({ group, value }) => [Object.values(group)[0] ?? "", value]));

export interface Series {
  readonly name: string;
  readonly values: ReadonlyArray<number | null>;
}

const sizeOf = (points: ReadonlyArray<GroupValues | undefined>, name: string): number =>
  points.reduce((sum, point) => sum + Math.abs(point?.get(name) ?? 0), 0);

/**
 * A line for each of the largest groups over the whole course, the largest first. Where the numbers add up the others
 * are one line more, under the name "". What a group has nothing of is 0 in a sum and a gap in everything else.
 */
export const seriesOf = (points: ReadonlyArray<GroupValues | undefined>, addsUp: boolean): ReadonlyArray<Series> => {
  const nothing = addsUp ? 0 : null;
  const names = [...new Set(points.flatMap((point) => [...(point?.keys() ?? [])]))];
  const sized = names.map((name) => ({ name, size: sizeOf(points, name) }));
  sized.sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const largest = sized.length <= seriesMax ? sized : sized.slice(0, seriesMax - (addsUp ? 1 : 0));
  const others = sized.slice(largest.length);
  const series = largest.map(({ name }) => ({
    name,
    values: points.map((point) => (point === undefined ? null : (point.get(name) ?? nothing))),
  }));
  if (!addsUp || others.length === 0) return series;
  const restOf = (point: GroupValues): number => others.reduce((sum, { name }) => sum + (point.get(name) ?? 0), 0);
  return [...series, { name: "", values: points.map((point) => (point === undefined ? null : restOf(point))) }];
};
