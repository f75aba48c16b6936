import { arraySource, type KpiAnswer } from "@leadwire/kpis";
import type { Driver } from "@leadwire/stream/testing";
import { describe, expect, test } from "vitest";
import { randomOf } from "../oracle/random.ts";
import { slicesFirst } from "../oracle/slices-first.ts";
import { answersOf, driven } from "./engine-ways.ts";
import { type GoldenCase, loadGoldenCases } from "./golden-case.ts";
import { mismatches, toleranceOf } from "./golden-match.ts";

const cases = loadGoldenCases();
const ordersPerCase = 2;

/** A case's records in any order, some of them twice. */
const shuffled = <A>(items: ReadonlyArray<A>, seed: number): ReadonlyArray<A> => {
  const random = randomOf(seed);
  return [...items, ...items.filter(() => random.chance(0.4))]
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

const fromFacts = (golden: GoldenCase, driver: Driver): Promise<ReadonlyArray<ReadonlyArray<KpiAnswer>>> =>
  answersOf(golden, arraySource(driver.facts()));

describe("the engine gives what was worked out by hand, on every way to the number", () => {
  for (const [index, golden] of cases.entries()) {
    test(`${golden.metric}: ${golden.name}`, async () => {
      const live = driven(golden, golden.events, 3);
      const answers = await fromFacts(golden, live);
      for (const [n, expectation] of golden.expectations.entries()) {
        const found = mismatches(expectation, answers[n] ?? [], toleranceOf(expectation.metric));
        expect(found, JSON.stringify(expectation)).toEqual([]);
      }
      const slices = slicesFirst(live, live.facts(), golden.workspace.timeZone);
      expect(await answersOf(golden, slices), "from slices").toEqual(answers);
      for (let order = 0; order < ordersPerCase; order += 1) {
        const log = shuffled(golden.events, 1 + index * ordersPerCase + order);
        const arrived = driven(golden, log, 1 + order);
        expect(await fromFacts(golden, arrived), "in another order, with repeats").toEqual(answers);
        // A rebuild reads the whole log at once, as it was appended.
        const rebuilt = driven(golden, log, log.length, 1 + order);
        expect(await fromFacts(golden, rebuilt), "rebuilt from the log").toEqual(answers);
        expect(rebuilt.facts(), "the facts of the rebuild").toEqual(arrived.facts());
      }
    });
  }
});
