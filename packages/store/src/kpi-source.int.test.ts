import { type Dimension, dimensions, type FactRecord, factKinds, factOutcomes } from "@leadwire/funnel";
import { arraySource, binOf, type GroupPartial, measures, type PartialQuery } from "@leadwire/kpis";
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
  outcome: fc.constantFrom(...factOutcomes),
  count: fc.constantFrom(1, -1),
  amountMinor: fc.integer({ min: -1_000, max: 9_000_000_000_000 }),
  costMinor: fc.option(fc.nat()),
  units: fc.constantFrom(0, 1, 2.5, 0.0625, 1.0005, 12_000),
  durationMs: fc.option(fc.nat(90_000_000)),
  bin: fc.constant(null),
  businessMs: fc.option(fc.nat(9_000_000)),
  businessBin: fc.constant(null),
  dueAtMs: fc.option(fc.integer({ min: from, max: from + spanMs })),
  termMonths: fc.option(fc.constantFrom(1, 12, 36)),
  cohortAtMs: fc.integer({ min: from, max: from + spanMs }),
  leadId: fc.constantFrom("L1", "L2", "L3"),
  dealId: fc.constant("D"),
  accountId: fc.constantFrom("A", "B", "C", "D", ""),
  subject: fc.constantFrom("", "sales"),
  period: fc.constantFrom("2026-02", "2026-Q1", ""),
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

const outcomesOf = (kind: FactRecord["kind"]) =>
  measures.flatMap((measure) => (measure.kind === kind ? (measure.outcomes ?? []) : []));

let temporary: TemporaryStore;
let facts: ReadonlyArray<FactRecord>;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  facts = fc.sample(fact, { seed: 7, numRuns: 3_000 }).map((each, index) =>
    sampleFact({
      ...each,
      factId: `crm/e${index}/${each.kind}/0`,
      // Mostly such as the kind has, so that measures find some.
      outcome: outcomesOf(each.kind)[index % outcomesOf(each.kind).length] ?? each.outcome,
      bin: each.durationMs === null ? each.termMonths : binOf(each.durationMs),
      businessBin: each.businessMs === null ? null : binOf(each.businessMs),
    }),
  );
  const writer = factWriter(testGeneration);
  for (const [index, each] of facts.entries()) writer.add(sampleChange(each, index), "funnel", 0);
  const outcome = await writer.insert(temporary.store)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
});
afterAll(() => temporary.dispose());

/** In one order; without dimensions SQL answers with a row also where nothing was found. */
const sorted = (partials: ReadonlyArray<GroupPartial>) =>
  partials
    .filter(({ group, count, sum }) => group.length > 0 || count !== 0n || sum !== 0n)
    .sort((a, b) => (a.group.join("\0") < b.group.join("\0") ? -1 : 1));

const groupings: ReadonlyArray<ReadonlyArray<Dimension>> = [[], ["owner"], ["channel", "campaign"], dimensions];

test.each(measures.map((measure) => [measure.id, measure] as const))(
  "%s is the same from ClickHouse as from the facts",
  async (_id, measure) => {
    const wants: ReadonlyArray<PartialQuery["want"]> = [
      "sums",
      ...(measure.binned ? (["bins"] as const) : []),
      ...(measure.level ? (["ends"] as const) : []),
    ];
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
          if (where.length > 0) continue;
          const due = { ...query, due: { fromMs: from + spanMs / 5, toMs: from + spanMs / 3 } };
          expect(sorted(await kpiSource(temporary.store).partials(due))).toEqual(
            sorted(await arraySource(facts).partials(due)),
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

test("targets and forecasts are the same from ClickHouse as from the facts", async () => {
  const planned = await kpiSource(temporary.store).planEntries();
  const expected = await arraySource(facts).planEntries();
  const inOrder = (entries: typeof planned) => entries.toSorted((a, b) => (a.factId < b.factId ? -1 : 1));
  expect(inOrder(planned)).toEqual(inOrder(expected));
  expect(planned.length).toBeGreaterThan(50);
});
