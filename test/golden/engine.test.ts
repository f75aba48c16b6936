import { arraySource } from "@leadwire/kpis";
import { describe, expect, test } from "vitest";
import type { OracleRecord } from "../oracle/log-input.ts";
import { randomOf } from "../oracle/random.ts";
import { slicesFirst } from "../oracle/slices-first.ts";
import { answersOf, driven } from "./engine-ways.ts";
import { loadGoldenCases } from "./golden-case.ts";
import { mismatches, toleranceOf } from "./golden-match.ts";

const cases = loadGoldenCases();
const ordersPerCase = 2;

const hourMs = 3_600_000;

/** Whether a record is too far ahead of its append time: it is judged by the log's time, which never falls. */
const isAhead = ({ event, appendTimeMs }: OracleRecord): boolean => event.occurred_at > appendTimeMs + hourMs;

/** A case's records in any order, some of them twice; those ahead of their time come while it is still early. */
const shuffled = (items: ReadonlyArray<OracleRecord>, seed: number): ReadonlyArray<OracleRecord> => {
  const random = randomOf(seed);
  return [...items, ...items.filter(() => random.chance(0.4))]
    .map((item) => ({ item, at: isAhead(item) ? item.appendTimeMs - Number.MAX_SAFE_INTEGER : random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

// An answer is a function of the facts: the same facts, to the bit, give the same answer.
describe("the engine gives what was worked out by hand, on every way to the number", () => {
  for (const [index, golden] of cases.entries()) {
    test(`${golden.metric}: ${golden.name}`, async () => {
      const live = driven(golden, golden.events, 3);
      const answers = await answersOf(golden, arraySource(live.facts()));
      for (const [n, expectation] of golden.expectations.entries()) {
        const found = mismatches(expectation, answers[n] ?? [], toleranceOf(expectation.metric));
        expect(found, JSON.stringify(expectation)).toEqual([]);
      }
      const facts = live.facts();
      for (let order = 0; order < ordersPerCase; order += 1) {
        const log = shuffled(golden.events, 1 + index * ordersPerCase + order);
        const arrived = driven(golden, log, 1 + order);
        expect(arrived.facts(), "in another order, with repeats").toEqual(facts);
        const slices = slicesFirst(arrived, facts, golden.workspace.timeZone);
        expect(await answersOf(golden, slices), "from slices").toEqual(answers);
        // A rebuild reads the whole log at once, as it was appended.
        const rebuilt = driven(golden, log, log.length, 1 + order);
        expect(rebuilt.facts(), "rebuilt from the log").toEqual(facts);
      }
    });
  }
});
