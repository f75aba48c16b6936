import { ZoneCalendar } from "@leadwire/funnel";
import { evaluateKpi, type KpiQuestion, type PartialSource, splitQuery } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { factWriter, kpiSource, sliceKpiSource, sliceWriter } from "@leadwire/store";
import { openTemporaryStore, sampleChange, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { hoursKeptMs, minutesKeptMs } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HeldTwice, holdTwice } from "./difference-run.ts";

const windows = ["all", "1h", "24h", "30d", "365d", "day", "month", "year"];

let temporary: TemporaryStore;
beforeAll(async () => {
  temporary = await openTemporaryStore();
});
afterAll(() => temporary.dispose());

const done = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const outcome = await task();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
  return outcome.right;
};

const stored = async ({ driver }: HeldTwice): Promise<void> => {
  await temporary.truncate();
  const facts = factWriter(testGeneration);
  const slices = sliceWriter(testGeneration);
  for (const fact of driver.facts()) facts.add(sampleChange(fact, 1), "funnel", 0);
  for (const slice of driver.slices()) slices.add(slice);
  await done(facts.insert(temporary.store));
  await done(slices.insert(temporary.store));
};

/** Every metric, each in some windows and by some dimensions: others for every `turn`. */
const questionsOf = (atMs: number, turn: number): ReadonlyArray<KpiQuestion> =>
  [...catalogue.metrics.values()].flatMap(({ id, dimensions }, index) =>
    [0, 3].map((step) => {
      const window = windows[(index + turn + step) % windows.length] ?? "all";
      const by = dimensions[(index * 3 + turn + step) % (dimensions.length + 1)];
      return { metric: id, window, atMs, by: by === undefined ? [] : [by] };
    }),
  );

test.each([11])(
  "company %i: answers from slices in ClickHouse are those from its facts",
  {
    timeout: 60_000,
  },
  async (seed) => {
    const held = holdTwice(seed);
    await stored(held);
    const nowMs = Math.max(...[...held.driver.tasks.values()].map(({ slicer }) => slicer.newestAppendMs)) + 1;
    const calendar = new ZoneCalendar(held.company.workspace.timeZone);
    const kept = { calendar, nowMs: () => nowMs, minutesKeptMs, hoursKeptMs };
    const slices = sliceKpiSource(temporary.store, kept);
    const facts = kpiSource(temporary.store);
    let shared = 0;
    const counted: PartialSource = {
      ...slices,
      partials: (query) => {
        const grid = { calendar, minutesFromMs: nowMs - minutesKeptMs, hoursFromMs: nowMs - hoursKeptMs };
        shared += splitQuery(query, grid) === undefined ? 0 : 1;
        return slices.partials(query);
      },
    };
    // At the very time of some facts: one millisecond decides whether they count.
    const times = held.driver.facts().flatMap(({ atMs }) => (atMs < nowMs ? [atMs] : []));
    const instants = [
      nowMs,
      ...[0.5, 0.98].map((share) => times.sort((a, b) => a - b)[Math.floor(times.length * share)] ?? nowMs),
    ];
    for (const [turn, atMs] of instants.entries()) {
      for (const question of questionsOf(atMs, turn + seed)) {
        const ask = (source: PartialSource) => evaluateKpi(question, { ...held.context, source });
        expect(await ask(counted), JSON.stringify(question)).toEqual(await ask(facts));
      }
    }
    expect(shared).toBeGreaterThan(100);
  },
);
