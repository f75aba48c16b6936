import type { ZoneCalendar } from "@leadwire/funnel";
import {
  type GroupPartial,
  instantParam,
  mergePartials,
  type PartialQuery,
  type PartialSource,
  partialSql,
  partialsOfRows,
  type SliceSplit,
  sliceSql,
  splitQuery,
} from "@leadwire/kpis";
import { kpiSource } from "./kpi-source.ts";
import { viewDatabase } from "./model/database.ts";
import { rowsOf } from "./rows-of.ts";
import type { Store } from "./store.ts";

/** How long slices are kept, and the instant that counts from. */
export interface KeptSlices {
  readonly calendar: ZoneCalendar;
  readonly nowMs: () => number;
  readonly minutesKeptMs: number;
  readonly hoursKeptMs: number;
}

/**
 * Answers measures from slices where they are exact, and the rest from facts: the same answers as `kpiSource`, without
 * reading every fact. Rejects with StoreError.
 */
export const sliceKpiSource = (store: Store, kept: KeptSlices): Required<PartialSource> => {
  const facts = kpiSource(store);

  const ofSlices = async (query: PartialQuery, { stretches }: SliceSplit): Promise<ReadonlyArray<GroupPartial>> => {
    if (stretches.length === 0) return [];
    const { sql, params } = sliceSql(query, stretches, `${viewDatabase}.task_slices`);
    const partials = partialsOfRows(query, await rowsOf(store, sql, params));
    return partials.filter(({ count, sum }) => count !== 0n || sum !== 0n);
  };

  /** Few facts lie in a tail: their ids are found first, without merging versions of all others. */
  const ofTail = async (tail: PartialQuery | null): Promise<ReadonlyArray<GroupPartial>> => {
    if (tail === null) return [];
    const { measure, fromMs, upToMs } = tail;
    const near = `(SELECT * FROM ${viewDatabase}.facts WHERE kind = '${measure.kind}' AND fact_id GLOBAL IN (
      SELECT fact_id FROM ${viewDatabase}.fact_versions WHERE kind = '${measure.kind}'
        AND at >= ${instantParam("near_from")} AND at <= ${instantParam("near_to")}))`;
    const { sql, params } = partialSql(tail, near);
    const parameters = { ...params, near_from: fromMs ?? 0, near_to: upToMs };
    return partialsOfRows(tail, await rowsOf(store, sql, parameters));
  };

  const hasNoneAfter = async ({ measure }: PartialQuery, noneAfterMs: number | null): Promise<boolean> => {
    if (noneAfterMs === null) return true;
    const sql = `SELECT 1 FROM ${viewDatabase}.fact_versions
WHERE kind = '${measure.kind}' AND at > ${instantParam("after")} LIMIT 1`;
    return (await rowsOf(store, sql, { after: noneAfterMs })).length === 0;
  };

  return {
    planEntries: facts.planEntries,
    partials: async (query) => {
      const nowMs = kept.nowMs();
      const minutesFromMs = nowMs - kept.minutesKeptMs;
      const hoursFromMs = nowMs - kept.hoursKeptMs;
      const split = splitQuery(query, { calendar: kept.calendar, minutesFromMs, hoursFromMs });
      if (split === undefined) return facts.partials(query);
      const [body, tail, isExact] = await Promise.all([
        ofSlices(query, split),
        ofTail(split.tail),
        hasNoneAfter(query, split.noneAfterMs),
      ]);
      return isExact ? mergePartials(body, tail) : facts.partials(query);
    },
  };
};
