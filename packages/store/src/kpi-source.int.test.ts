import { type Dimension, dimensions, type FactRecord, factKinds } from "@leadwire/funnel";
import { arraySource, binOf, measures, type PartialQuery } from "@leadwire/kpis";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kpiSource } from "./kpi-source.ts";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

const from = 1_769_900_000_000;
const spanMs = 40 * 86_400_000;
const value = fc.constantFrom("(none)", "ana", "it's", "客戶");

const fact: fc.Arbitrary<Omit<FactRecord, "factId">> = fc.record({
  kind: fc.constantFrom(...factKinds),
  atMs: fc.integer({ min: from, max: from + spanMs }),
  outcome: fc.constantFrom(
    "",
    "won",
    "lost",
    "no_decision",
    "met",
    "missed",
    "first_touch",
    "advertising",
    "production",
  ),
  count: fc.constantFrom(1, -1),
  amountMinor: fc.integer({ min: -1_000, max: 9_000_000_000_000 }),
  costMinor: fc.option(fc.nat()),
  units: fc.nat(9),
  durationMs: fc.option(fc.nat(90_000_000)),
  bin: fc.constant(null),
  cohortAtMs: fc.integer({ min: from, max: from + spanMs }),
  leadId: fc.constantFrom("L1", "L2", "L3"),
  dealId: fc.constant("D"),
  accountId: fc.constant("A"),
  dimensions: fc.record({
    owner: value,
    team: value,
    region: value,
    channel: value,
    campaign: value,
    segment: value,
    product: value,
    pipeline: value,
    stage: value,
  }),
});

let temporary: TemporaryStore;
let facts: ReadonlyArray<FactRecord>;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  facts = fc.sample(fact, { seed: 7, numRuns: 3_000 }).map((each, index) =>
    sampleFact({
      ...each,
      factId: `crm/e${index}/${each.kind}/0`,
      bin: each.durationMs === null ? null : binOf(each.durationMs),
    }),
  );
  const writer = factWriter(testGeneration);
  for (const [index, each] of facts.entries()) writer.add(sampleChange(each, index), "funnel", 0);
  const outcome = await writer.insert(temporary.store)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
});
afterAll(() => temporary.dispose());

const sorted = (partials: ReadonlyArray<{ readonly group: ReadonlyArray<string> }>) =>
  [...partials].sort((a, b) => (a.group.join("\0") < b.group.join("\0") ? -1 : 1));

const groupings: ReadonlyArray<ReadonlyArray<Dimension>> = [[], ["owner"], ["channel", "campaign"], dimensions];

test.each(measures.map((measure) => [measure.id, measure] as const))(
  "%s is the same from ClickHouse as from the facts",
  async (_id, measure) => {
    const wants: ReadonlyArray<PartialQuery["want"]> = measure.binned ? ["sums", "bins"] : ["sums"];
    for (const want of wants) {
      for (const by of groupings) {
        for (const where of [[], [["team", "it's"]]] as const) {
          const query = {
            measure,
            fromMs: from + spanMs / 8,
            toMs: from + spanMs / 2,
            upToMs: from + spanMs / 2.5,
            by,
            where,
            want,
          };
          const expected = sorted(await arraySource(facts).partials(query));
          expect(sorted(await kpiSource(temporary.store).partials(query)), JSON.stringify({ by, where, want })).toEqual(
            expected,
          );
          const open = { ...query, fromMs: null, toMs: null, where };
          expect(sorted(await kpiSource(temporary.store).partials(open))).toEqual(
            sorted(await arraySource(facts).partials(open)),
          );
        }
      }
    }
  },
);
