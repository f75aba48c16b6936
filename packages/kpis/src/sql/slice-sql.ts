import type { ZoneCalendar } from "@leadwire/funnel";
import type { BinPartial, GroupPartial, PartialQuery } from "../evaluate/partial.ts";
import { coverOf, type SliceGrid, type SliceStretch } from "../evaluate/slice-cover.ts";
import type { Measure } from "../measure.ts";
import type { SqlParameter, SqlText } from "./partial-sql.ts";

/** A query as slices answer it, and what they leave to facts. */
export interface SliceSplit {
  readonly stretches: ReadonlyArray<SliceStretch>;
  /** The last, broken stretch of time, which slices would count beyond `upToMs`: a query for facts. */
  readonly tail: PartialQuery | null;
  /** Slices by cohort count every fact: they are exact only while no fact of the measure's kind lies after this. */
  readonly noneAfterMs: number | null;
}

type Kept = Omit<SliceGrid, "newestMs">;

const slicedBy = ({ slicedBy: stated, dimensions }: Measure): PartialQuery["by"] => {
  if (stated === "none") return [];
  return stated ?? dimensions;
};

const isSliced = (query: PartialQuery): boolean =>
  (query.want === "sums" || query.want === "bins") &&
  query.due === undefined &&
  query.measure.slicedBy !== "none" &&
  query.where.length === 0 &&
  query.by.length <= 1 &&
  query.by.every((dimension) => slicedBy(query.measure).includes(dimension));

/** Where slices may end at the latest so as to count nothing after an instant: the nearest edge first. */
const cutsBefore = (upToMs: number, calendar: ZoneCalendar): ReadonlyArray<number> => {
  const nextMs = upToMs + 1;
  return [calendar.minuteStartMs(nextMs), calendar.localHourStartMs(nextMs), calendar.dayStartOf(nextMs)];
};

/**
 * How slices and facts share a query; undefined where it is the facts' alone: a filter, several dimensions, an edge that
 * no kept slice has.
 */
export const splitQuery = (query: PartialQuery, kept: Kept): SliceSplit | undefined => {
  if (!isSliced(query)) return undefined;
  const { fromMs, toMs, upToMs, measure } = query;
  const grid = { ...kept, newestMs: () => Number.NEGATIVE_INFINITY };
  const isWhole = measure.placedBy === "cohort" || (toMs !== null && toMs <= upToMs + 1);
  if (isWhole) {
    const stretches = coverOf(fromMs, toMs, grid);
    return stretches && { stretches, tail: null, noneAfterMs: measure.placedBy === "cohort" ? upToMs : null };
  }
  for (const cutMs of cutsBefore(upToMs, kept.calendar)) {
    if (fromMs !== null && cutMs <= fromMs) return undefined;
    const stretches = coverOf(fromMs, cutMs, grid);
    if (stretches !== undefined) return { stretches, tail: { ...query, fromMs: cutMs }, noneAfterMs: null };
  }
  return undefined;
};

const instant = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/**
 * The query for the slices of a split, over rows of `task_slices` (one per task and slice). Its rows are those of
 * `partialSql`: `partialsOfRows` reads them.
 */
export const sliceSql = (query: PartialQuery, stretches: ReadonlyArray<SliceStretch>, slices: string): SqlText => {
  const [by] = query.by;
  const params: Record<string, SqlParameter> = { measure: query.measure.id, dimension: by ?? "company" };
  const within = stretches.map(({ granularity, fromMs, toMs }, index) => {
    if (fromMs !== null) params[`from_${index}`] = fromMs;
    if (toMs !== null) params[`to_${index}`] = toMs;
    const from = fromMs === null ? "" : ` AND start >= ${instant(`from_${index}`)}`;
    const to = toMs === null ? "" : ` AND start < ${instant(`to_${index}`)}`;
    return `(granularity = '${granularity}'${from}${to})`;
  });
  const columns = [...(by === undefined ? [] : ["value"]), ...(query.want === "bins" ? ["bin"] : [])].join(", ");
  const grouped = columns === "" ? "" : `\nGROUP BY ${columns}\nHAVING n != 0 OR total != 0\nORDER BY ${columns}`;
  return {
    sql: `SELECT ${columns === "" ? "" : `${columns}, `}toInt64(sum(count)) AS n, toInt64(sum(sum)) AS total
FROM ${slices}
WHERE measure = {measure:String} AND dimension = {dimension:String}
  AND (${within.length === 0 ? "0" : within.join("\n    OR ")})${grouped}`,
    params,
  };
};

const mergedBins = (a: ReadonlyArray<BinPartial>, b: ReadonlyArray<BinPartial>): ReadonlyArray<BinPartial> => {
  const bins = new Map(a.map((bin) => [bin[0], bin]));
  for (const [bin, count, sum] of b) {
    const [, heldCount, heldSum] = bins.get(bin) ?? [bin, 0n, 0n];
    bins.set(bin, [bin, heldCount + count, heldSum + sum]);
  }
  return [...bins.values()].filter(([, count, sum]) => count !== 0n || sum !== 0n).sort(([x], [y]) => x - y);
};

/** Two answers to parts of one query, added up by group. */
export const mergePartials = (
  a: ReadonlyArray<GroupPartial>,
  b: ReadonlyArray<GroupPartial>,
): ReadonlyArray<GroupPartial> => {
  const groups = new Map(a.map((partial) => [JSON.stringify(partial.group), partial]));
  for (const partial of b) {
    const key = JSON.stringify(partial.group);
    const held = groups.get(key);
    if (held === undefined) groups.set(key, partial);
    else {
      groups.set(key, {
        group: held.group,
        count: held.count + partial.count,
        sum: held.sum + partial.sum,
        ...(held.bins === undefined ? {} : { bins: mergedBins(held.bins, partial.bins ?? []) }),
      });
    }
  }
  return [...groups.values()];
};
