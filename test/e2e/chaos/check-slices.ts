import { dimensions } from "@leadwire/funnel";
import type { Granularity, SliceRecord } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { hoursKeptMs, type LiveView, minutesKeptMs } from "@leadwire/stream";

/** Slices this close to leaving are compared nowhere: who let go of them first is chance. */
const leavingMs = 13 * 3_600_000;
const shownMax = 10;
const granularities: ReadonlyArray<Granularity> = ["minute", "hour", "day"];

type Amounts = ReadonlyMap<string, string>;

/** From where on slices are compared. */
const comparedFromMs = (granularity: Granularity, nowMs: number): number => {
  if (granularity === "day") return 0;
  return nowMs - (granularity === "minute" ? minutesKeptMs : hoursKeptMs) + leavingMs;
};

const amountsOf = (
  slices: Iterable<SliceRecord>,
  nowMs: number,
  keyOf: (slice: SliceRecord) => ReadonlyArray<unknown>,
): Amounts => {
  const sums = new Map<string, { count: number; sum: number }>();
  for (const slice of slices) {
    if (slice.startMs < comparedFromMs(slice.granularity, nowMs)) continue;
    const key = keyOf(slice).join(" | ");
    const held = sums.get(key) ?? { count: 0, sum: 0 };
    sums.set(key, { count: held.count + slice.count, sum: held.sum + slice.sum });
  }
  return textsOf(sums);
};

const textsOf = (sums: ReadonlyMap<string, { readonly count: number; readonly sum: number }>): Amounts =>
  new Map(
    [...sums]
      .filter(([, { count, sum }]) => count !== 0 || sum !== 0)
      .map(([key, { count, sum }]) => [key, `count ${count}, sum ${sum}`]),
  );

const groupKey = ({ measure, dimension, value, granularity, startMs, bin }: SliceRecord): ReadonlyArray<unknown> => [
  measure,
  dimension,
  value,
  granularity,
  new Date(startMs).toISOString(),
  bin ?? "-",
];

const differencesOf = (expected: Amounts, found: Amounts, what: string): ReadonlyArray<string> => {
  const keys = [...new Set([...expected.keys(), ...found.keys()])].filter(
    (key) => expected.get(key) !== found.get(key),
  );
  const shown = keys
    .slice(0, shownMax)
    .map(
      (key) => `${what}: ${key}: the log gives ${expected.get(key) ?? "nothing"}, found ${found.get(key) ?? "nothing"}`,
    );
  return keys.length > shownMax ? [...shown, `${what}: ${keys.length - shownMax} more differ`] : shown;
};

/** Compares slices task by task. */
export const checkStoredSlices = (
  expected: ReadonlyArray<SliceRecord>,
  stored: ReadonlyArray<SliceRecord>,
  nowMs: number,
): ReadonlyArray<string> => {
  const keyOf = (slice: SliceRecord) => [slice.origin, slice.partition, ...groupKey(slice)];
  return differencesOf(amountsOf(expected, nowMs, keyOf), amountsOf(stored, nowMs, keyOf), "slices in ClickHouse");
};

/** What a live view holds, merged over the tasks, of the stretches that begin at these instants. */
const liveAmounts = (view: LiveView, startsMs: ReadonlyMap<Granularity, ReadonlySet<number>>): Amounts => {
  const sums = new Map<string, { count: number; sum: number }>();
  for (const { id: measure } of catalogue.measures) {
    for (const dimension of ["company", ...dimensions] as const) {
      if (!view.state.slices.holds(measure, dimension)) continue;
      for (const granularity of granularities) {
        for (const startMs of startsMs.get(granularity) ?? []) {
          const stretch = { granularity, fromMs: startMs, toMs: startMs + 1 };
          view.state.slices.visit(measure, dimension, stretch, (value, bin, count, sum) => {
            const name = { measure, dimension, value, granularity, startMs, bin };
            sums.set(groupKey({ ...name, origin: "", partition: 0, version: 0, count, sum }).join(" | "), {
              count,
              sum,
            });
          });
        }
      }
    }
  }
  return textsOf(sums);
};

/** What a live view holds in all the compared stretches together: shows what it holds where nothing should be. */
const liveTotals = (view: LiveView, nowMs: number): Amounts => {
  const sums = new Map<string, { count: number; sum: number }>();
  for (const { id: measure } of catalogue.measures) {
    for (const dimension of ["company", ...dimensions] as const) {
      if (!view.state.slices.holds(measure, dimension)) continue;
      for (const granularity of granularities) {
        const stretch = { granularity, fromMs: comparedFromMs(granularity, nowMs), toMs: null };
        view.state.slices.visit(measure, dimension, stretch, (value, bin, count, sum) => {
          const key = totalKey({ measure, dimension, value, granularity, bin }).join(" | ");
          const held = sums.get(key) ?? { count: 0, sum: 0 };
          sums.set(key, { count: held.count + count, sum: held.sum + sum });
        });
      }
    }
  }
  return textsOf(sums);
};

const totalKey = ({
  measure,
  dimension,
  value,
  granularity,
  bin,
}: Pick<SliceRecord, "measure" | "dimension" | "value" | "granularity" | "bin">): ReadonlyArray<unknown> => [
  "in all",
  measure,
  dimension,
  value,
  granularity,
  bin ?? "-",
];

/** Compares slices merged over the tasks with what a live view holds: stretch by stretch, and in all. */
export const checkLiveSlices = (
  expected: ReadonlyArray<SliceRecord>,
  view: LiveView,
  nowMs: number,
  what: string,
): ReadonlyArray<string> => {
  const startsMs = new Map(
    granularities.map((granularity) => {
      const compared = expected.filter((slice) => slice.granularity === granularity);
      const fromMs = comparedFromMs(granularity, nowMs);
      return [granularity, new Set(compared.map(({ startMs }) => startMs).filter((startMs) => startMs >= fromMs))];
    }),
  );
  return [
    ...differencesOf(amountsOf(expected, nowMs, groupKey), liveAmounts(view, startsMs), what),
    ...differencesOf(amountsOf(expected, nowMs, totalKey), liveTotals(view, nowMs), what),
  ];
};
