import type { FactRecord } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type Arrival, Driver } from "@leadwire/stream/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { randomCompany } from "./random-company.ts";

const hourMs = 3_600_000;

/** Slices that every reader still keeps: what is older depends on when it was let go, and nobody reads it. */
const kept = (slices: ReadonlyArray<SliceRecord>, newestMs: number): ReadonlyArray<Omit<SliceRecord, "version">> =>
  slices
    .filter(({ granularity, startMs }) => {
      if (granularity === "day") return true;
      return startMs >= newestMs - (granularity === "minute" ? 49 : 400 * 24) * hourMs;
    })
    .map(({ version: _version, ...slice }) => slice);

interface Outcome {
  readonly facts: ReadonlyArray<FactRecord>;
  readonly slices: ReadonlyArray<Omit<SliceRecord, "version">>;
  readonly counts: ReadonlyArray<unknown>;
}

const run = (company: ReturnType<typeof randomCompany>, arrivals: ReadonlyArray<Arrival>, batch: number): Outcome => {
  const driver = new Driver(company.workspace, catalogue.measures, 2);
  driver.feed(arrivals, batch);
  const newestMs = Math.max(...[...driver.tasks.values()].map(({ slicer }) => slicer.newestAppendMs));
  const counts = [...driver.tasks.values()].map(({ topic, partition, ledger }) => [
    topic,
    partition,
    ledger.entries().map(({ source, counts: { applied, superseded } }) => [source, applied, superseded]),
  ]);
  return { facts: driver.facts(), slices: kept(driver.slices(), newestMs), counts };
};

test("any order of arrival, with any repeats, in any batches, gives the same facts, slices and ledger", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 50 }),
      fc.infiniteStream(fc.nat()),
      (seed, batch, picks) => {
        const company = randomCompany(seed, { leads: 8 });
        const appendTimeMs = company.toMs;
        const inOrder = company.events.map(({ event }) => ({ event, appendTimeMs }));
        const shuffled = [...inOrder, ...inOrder.filter((_, n) => n % 5 === 0)];
        for (let n = shuffled.length - 1; n > 0; n -= 1) {
          const other = (picks.next().value as number) % (n + 1);
          [shuffled[n], shuffled[other]] = [shuffled[other] as Arrival, shuffled[n] as Arrival];
        }
        expect(run(company, shuffled, batch)).toEqual(run(company, inOrder, 10));
      },
    ),
    { numRuns: 60 },
  );
});

test("slices are the sums of the facts that lie in them", () => {
  const company = randomCompany(77, { leads: 40 });
  const driver = new Driver(company.workspace, catalogue.measures, 1);
  driver.feed(company.events, 13);
  const created = driver.facts().filter(({ kind }) => kind === "lead_created").length;
  const days = driver
    .slices()
    .filter(
      ({ measure, dimension, granularity }) =>
        measure === "leads_created" && dimension === "company" && granularity === "day",
    );
  expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(created);
});
