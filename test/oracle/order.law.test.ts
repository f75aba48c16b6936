import type { FactRecord } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type Arrival, Driver } from "@leadwire/stream/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keptSlices } from "./kept-slices.ts";
import { randomCompany } from "./random-company.ts";

interface Outcome {
  readonly facts: ReadonlyArray<FactRecord>;
  readonly slices: ReadonlyArray<Omit<SliceRecord, "version">>;
  readonly counts: ReadonlyArray<unknown>;
}

const run = (company: ReturnType<typeof randomCompany>, arrivals: ReadonlyArray<Arrival>, batch: number): Outcome => {
  const driver = new Driver(company.workspace, catalogue.measures, 2);
  driver.feed(arrivals, batch);
  const counts = [...driver.tasks.values()].map(({ topic, partition, ledger }) => [
    topic,
    partition,
    ledger.entries().map(({ source, counts: { applied, superseded } }) => [source, applied, superseded]),
  ]);
  return { facts: driver.facts(), slices: keptSlices(driver), counts };
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
