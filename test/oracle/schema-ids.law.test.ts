import { encodeEvent, eventCodec } from "@leadwire/events";
import { numberedRegistry } from "@leadwire/events/testing";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type Arrival, Driver } from "@leadwire/stream/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keptSlices } from "./kept-slices.ts";
import { randomCompany } from "./random-company.ts";

const registry = numberedRegistry();
const { encodeEvent: encodeWithRegistry } = eventCodec(registry);

const told = (driver: Driver) => ({
  facts: driver.facts(),
  slices: keptSlices(driver),
  ledgers: [...driver.tasks.values()].map((task) => task.counts()),
});

test("ids of a registry and derived ids, mixed, fold as derived ids alone", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.infiniteStream(fc.boolean()), (seed, picks) => {
      const company = randomCompany(seed, { leads: 8 });
      const mixed = company.events.map(
        (arrival): Arrival =>
          picks.next().value === true ? { ...arrival, value: encodeWithRegistry(arrival.event) } : arrival,
      );
      const plain = new Driver(company.workspace, catalogue.measures, 2);
      plain.feed(company.events, 20);
      const other = new Driver(company.workspace, catalogue.measures, { partitions: 2, registry });
      other.feed(mixed, 20);
      expect(told(other)).toEqual(told(plain));
    }),
    { numRuns: 30 },
  );
});

test("an event that comes again under another schema id is a duplicate, never a conflict", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.boolean(), (seed, derivedFirst) => {
      const company = randomCompany(seed, { leads: 8 });
      const both = company.events.flatMap((arrival): ReadonlyArray<Arrival> => {
        const values = [encodeEvent(arrival.event), encodeWithRegistry(arrival.event)];
        return (derivedFirst ? values : values.reverse()).map((value) => ({ ...arrival, value }));
      });
      const once = new Driver(company.workspace, catalogue.measures, { partitions: 2, registry });
      once.feed(company.events, 20);
      const twice = new Driver(company.workspace, catalogue.measures, { partitions: 2, registry });
      twice.feed(both, 20);
      expect(twice.facts()).toEqual(once.facts());
      expect(keptSlices(twice)).toEqual(keptSlices(once));
      const entriesOf = (driver: Driver) => [...driver.tasks.values()].flatMap((task) => task.counts().entries);
      expect(entriesOf(twice)).toEqual(
        entriesOf(once).map((entry) => ({
          ...entry,
          duplicate: 2 * entry.duplicate + entry.applied,
          quarantined: 2 * entry.quarantined,
          reasons: entry.reasons.map(({ reason, count }) => ({ reason, count: 2 * count })),
        })),
      );
    }),
    { numRuns: 30 },
  );
});
