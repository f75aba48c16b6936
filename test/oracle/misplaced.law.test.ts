import {
  derivedRegistry,
  encodeEvent,
  eventTopics,
  Fault,
  FlatDecoder,
  FlatEvent,
  keyOf,
  topicOf,
} from "@leadwire/events";
import { catalogue } from "@leadwire/kpis/catalogue";
import { partitionOf } from "@leadwire/log";
import { SentOn } from "@leadwire/stream";
import { type Arrival, Driver } from "@leadwire/stream/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keptSlices } from "./kept-slices.ts";
import { type RandomCompany, randomCompany } from "./random-company.ts";

const partitions = 3;
const columns = ["applied", "duplicate", "quarantined", "superseded", "conflict", "forwarded"] as const;
type Counts = Record<(typeof columns)[number], number>;

/** The tasks' counts, added up by source. */
const countsOf = (driver: Driver): ReadonlyMap<string, Counts> => {
  const sums = new Map<string, Counts>();
  for (const { derived, ledger } of driver.tasks.values()) {
    if (derived) continue;
    for (const { source, counts } of ledger.entries()) {
      const sum = sums.get(source) ?? {
        applied: 0,
        duplicate: 0,
        quarantined: 0,
        superseded: 0,
        conflict: 0,
        forwarded: 0,
      };
      for (const column of columns) sum[column] += counts[column];
      sums.set(source, sum);
    }
  }
  return sums;
};

const without = <T extends object, K extends keyof T>(map: ReadonlyMap<string, T>, ...names: ReadonlyArray<K>) =>
  new Map([...map].map(([key, value]) => [key, { ...value, ...Object.fromEntries(names.map((name) => [name, 0])) }]));

/** Some of the events put anywhere, as producers do that hash otherwise or have the wrong topic in their settings. */
const misplaced = (company: RandomCompany, picks: Iterator<number>): ReadonlyArray<Arrival> =>
  company.events.map((arrival): Arrival => {
    const pick = picks.next().value as number;
    if (pick % 3 === 0) return arrival;
    const topic = pick % 2 === 0 ? topicOf(arrival.event.type) : (eventTopics[pick % 4] ?? "leadwire.funnel");
    return { ...arrival, at: { topic, partition: pick % partitions } };
  });

/** How many records the rule alone says are sent on. */
const sentOn = (company: RandomCompany, arrivals: ReadonlyArray<Arrival>): number => {
  const rule = new SentOn(company.workspace, partitions);
  const decoder = new FlatDecoder(derivedRegistry);
  const flat = new FlatEvent();
  return arrivals.filter(({ event, appendTimeMs, at }) => {
    const bytes = encodeEvent(event);
    if (decoder.decode(bytes, 0, bytes.length, flat) !== Fault.none) return false;
    const home = { topic: topicOf(event.type), partition: partitionOf(Buffer.from(keyOf(event)), partitions) };
    const { topic, partition } = at ?? home;
    return rule.test(flat, topic, partition, appendTimeMs, false);
  }).length;
};

const run = (company: RandomCompany, arrivals: ReadonlyArray<Arrival>, forwardTimes: number): Driver => {
  const driver = new Driver(company.workspace, catalogue.measures, { partitions, forwardTimes });
  driver.feed(arrivals, 20);
  return driver;
};

test("events put in any place give the same facts and slices, and each counts once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.infiniteStream(fc.nat()), (seed, picks) => {
      const company = randomCompany(seed, { leads: 8 });
      const right = run(company, company.events, 1);
      const arrivals = misplaced(company, picks);
      const wrong = run(company, arrivals, 1);
      expect(wrong.facts()).toEqual(right.facts());
      expect(keptSlices(wrong)).toEqual(keptSlices(right));
      expect(without(countsOf(wrong), "forwarded")).toEqual(countsOf(right));
      const forwarded = [...countsOf(wrong).values()].reduce((sum, counts) => sum + counts.forwarded, 0);
      expect(forwarded).toBe(sentOn(company, arrivals));
    }),
    { numRuns: 40 },
  );
});

test("a record that is sent on again and again changes nothing but the count of duplicates", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.infiniteStream(fc.nat()), (seed, picks) => {
      const company = randomCompany(seed, { leads: 8 });
      const arrivals = misplaced(company, picks);
      const once = run(company, arrivals, 1);
      const often = run(company, arrivals, 3);
      expect(often.facts()).toEqual(once.facts());
      expect(keptSlices(often)).toEqual(keptSlices(once));
      const repeats = new Map([...countsOf(once)].map(([source, { forwarded }]) => [source, 2 * forwarded]));
      for (const [source, counts] of countsOf(often)) {
        const before = countsOf(once).get(source);
        expect(counts).toEqual({ ...before, duplicate: (before?.duplicate ?? 0) + (repeats.get(source) ?? 0) });
      }
    }),
    { numRuns: 25 },
  );
});
