import type { FactChange } from "@leadwire/funnel";
import { arraySource, type PartialQuery, wonAmounts } from "@leadwire/kpis";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asOfSource, readLogAsOf } from "./as-of-source.ts";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

const from = 1_769_900_000_000;
const facts = 400;
const versions = 2_000;

/** One version of one of the facts: what a record of the log made of it. */
const change: fc.Arbitrary<Omit<FactChange, "version">> = fc
  .record({
    id: fc.nat(facts - 1),
    present: fc.boolean(),
    amountMinor: fc.integer({ min: 1, max: 9_000 }),
    day: fc.nat(20),
    owner: fc.constantFrom("ana", "bogdan"),
    kind: fc.constantFrom("deal_closed", "lead_created"),
  })
  .map(({ id, present, amountMinor, day, owner, kind }) => {
    const atMs = from + day * 86_400_000;
    const outcome = kind === "deal_closed" ? "won" : "";
    const fact = sampleFact({
      factId: `crm/e${id}/${kind}/0`,
      kind,
      outcome,
      atMs,
      amountMinor,
      dimensions: { owner },
    });
    return sampleChange(fact, 0, present);
  });

let temporary: TemporaryStore;
let history: ReadonlyArray<FactChange>;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  history = fc
    .sample(change, { seed: 11, numRuns: versions })
    .map((each, version) => ({ ...each, version, appendTimeMs: sampleChange(each.fact, version).appendTimeMs }));
  const writer = factWriter(testGeneration);
  // Told twice, and the newest first: neither may change what was known when.
  for (const each of [...history].reverse()) writer.add(each, "funnel", 0);
  for (const each of history.slice(0, 500)) writer.add(each, "funnel", 0);
  const outcome = await writer.insert(temporary.store)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
});
afterAll(() => temporary.dispose());

/** The definition: of each fact the highest version appended by then, where present. */
const knownAt = (asOfMs: number) => {
  const latest = new Map<string, FactChange>();
  for (const each of history) if (each.appendTimeMs <= asOfMs) latest.set(each.fact.factId, each);
  return [...latest.values()].filter(({ present }) => present).map(({ fact }) => fact);
};

const firstAppendMs = 1_770_000_000_000;
const query: PartialQuery = {
  measure: wonAmounts,
  fromMs: from + 3 * 86_400_000,
  toMs: from + 18 * 86_400_000,
  upToMs: from + 30 * 86_400_000,
  by: ["owner"],
  where: [],
  want: "sums",
};

test.each([-1, 0, 1, 37, 600, 1_234, 1_998, 1_999, 50_000])(
  "of each fact counts the highest version appended by then: %i ms after the first",
  async (afterMs) => {
    const asOfMs = firstAppendMs + afterMs;
    const sorted = async (source: ReturnType<typeof arraySource>) =>
      [...(await source.partials(query))].sort((a, b) => (String(a.group[0]) < String(b.group[0]) ? -1 : 1));
    expect(await sorted(asOfSource(temporary.store, asOfMs))).toEqual(await sorted(arraySource(knownAt(asOfMs))));
  },
);

test("the view for everybody shows the same facts to an analyst", async () => {
  const asOf = new Date(firstAppendMs + 1_234).toISOString().replace("Z", "").replace("T", " ");
  const rows = await temporary.store.rows(
    `SELECT fact_id, amount_minor FROM leadwire.facts_as_of(as_of = '${asOf}') ORDER BY fact_id`,
    { as: "analyst" },
  )();
  const expected = knownAt(firstAppendMs + 1_234).map(({ factId, amountMinor }) => [factId, amountMinor]);
  expect(rows).toEqual({ _tag: "Right", right: expected.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)) });
});

test("an empty log knows nothing, and since never", async () => {
  expect(await readLogAsOf(temporary.store, firstAppendMs)).toEqual({
    firstAppendMs: null,
    newestEventMs: null,
    hasActivity: false,
  });
});
