import type { ZoneCalendar } from "@leadwire/funnel";
import type { PartialQuery } from "./partial.ts";
import { coverOf, type SliceGrid, type SliceStretch } from "./slice-cover.ts";
import { isSliced } from "./sliced-query.ts";

/** A query as slices answer it, and what they leave to facts. */
export interface SliceSplit {
  readonly stretches: ReadonlyArray<SliceStretch>;
  /** The last, broken stretch of time, which slices would count beyond `upToMs`: a query for facts. */
  readonly tail: PartialQuery | null;
  /** Slices by cohort count every fact: they are exact only while no fact of the measure's kind lies after this. */
  readonly noneAfterMs: number | null;
}

type Kept = Omit<SliceGrid, "newestMs">;

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
