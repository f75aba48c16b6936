import type { SliceRecord } from "@leadwire/kpis";
import type { Cast } from "./cast.ts";
import { isLeaving } from "./leaving.ts";
import type { Reader } from "./readers.ts";
import type { Reference } from "./reference.ts";
import { type FactRow, sliceKey } from "./sim-clickhouse.ts";

const dayMs = 86_400_000;

/** Facts and slices as every reader sees them in the end, against those of the plain pass. */
export function* compareReaders(cast: Cast, reference: Reference): Generator<string> {
  const { early, late, world } = cast;
  const facts = standingOf(reference.stories.flatMap(({ standing }) => [...standing.values()]));
  for (const [who, rows] of [
    ["ClickHouse", world.clickHouse.facts],
    [early.name, early.facts],
    [late.name, late.facts],
  ] as const) {
    yield* compare(who, facts, standingOf(rows.values()));
  }
  yield* compareStored(cast, reference);
  for (const reader of [early, late]) yield* compareLive(cast, reader, reference);
}

const standingOf = (rows: Iterable<FactRow>): Map<string, string> => {
  const standing = new Map<string, string>();
  for (const { id, isPresent, text } of rows) if (isPresent) standing.set(id, text);
  return standing;
};

function* compare(
  who: string,
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): Generator<string> {
  for (const [key, value] of expected) {
    if (found.get(key) !== value) yield `${who} has ${key} as ${found.get(key) ?? "nothing"}, the log gives ${value}`;
  }
  for (const [key, value] of found)
    if (!expected.has(key)) yield `${who} has ${key} as ${value}, the log gives nothing`;
}

const valuesText = ({ count, sum }: { readonly count: number; readonly sum: number }): string => `${count}, ${sum}`;

function* compareStored({ world }: Cast, { stories }: Reference): Generator<string> {
  const expected = new Map<string, string>();
  const found = new Map<string, string>();
  for (const { slices, sliceStories, newestAppendMs } of stories) {
    for (const slice of slices) if (!isLeaving(slice, newestAppendMs)) expected.set(sliceKey(slice), valuesText(slice));
    for (const [key, { slice }] of sliceStories) {
      const stored = world.clickHouse.slices.get(key);
      if (stored === undefined || isLeaving(slice, newestAppendMs)) continue;
      if (stored.count !== 0 || stored.sum !== 0) found.set(key, valuesText(stored));
    }
  }
  yield* compare("ClickHouse", expected, found);
}

const mergedKey = ({
  measure,
  dimension,
  value,
  granularity,
  startMs,
  bin,
}: Omit<SliceRecord, "origin" | "partition" | "version" | "count" | "sum">): string =>
  [measure, dimension, value, granularity, startMs, bin ?? "-"].join("|");

/** The live view merges the tasks' slices; only what lies well within what is kept is compared. */
function* compareLive({ world }: Cast, reader: Reader, { stories }: Reference): Generator<string> {
  const { view } = reader;
  if (view === undefined) {
    yield `${reader.name} does not run`;
    return;
  }
  const newestMs = Math.max(world.broker.nowMs, ...stories.map(({ newestAppendMs }) => newestAppendMs));
  const merged = new Map<string, { count: number; sum: number }>();
  const starts = { minute: new Set<number>(), hour: new Set<number>(), day: new Set<number>() };
  for (const { slices } of stories) {
    for (const slice of slices) {
      if (isLeaving(slice, newestMs + dayMs)) continue;
      starts[slice.granularity].add(slice.startMs);
      const held = merged.get(mergedKey(slice));
      if (held === undefined) merged.set(mergedKey(slice), { count: slice.count, sum: slice.sum });
      else {
        held.count += slice.count;
        held.sum += slice.sum;
      }
    }
  }
  const found = new Map<string, string>();
  for (const { id: measure, dimensions } of world.scenario.catalogue.measures) {
    for (const dimension of ["company", ...dimensions] as const) {
      for (const granularity of ["minute", "hour", "day"] as const) {
        for (const startMs of starts[granularity]) {
          const stretch = { granularity, fromMs: startMs, toMs: startMs + 1 };
          view.state.slices.visit(measure, dimension, stretch, (value, bin, count, sum) => {
            if (count === 0 && sum === 0) return;
            found.set(mergedKey({ measure, dimension, value, granularity, startMs, bin }), valuesText({ count, sum }));
          });
        }
      }
    }
  }
  const expected = [...merged].filter(([, { count, sum }]) => count !== 0 || sum !== 0);
  yield* compare(reader.name, new Map(expected.map(([key, value]) => [key, valuesText(value)])), found);
}
