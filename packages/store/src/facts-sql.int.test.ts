import { type FactRecord, factOutcomes } from "@leadwire/funnel";
import {
  addsUp,
  arraySource,
  binOf,
  type FactLine,
  type FactLineSum,
  factLinesOfRows,
  factSumsOfRows,
  factsSql,
  factsSumSql,
  type Measure,
  measures,
  type PartialQuery,
  type SqlText,
} from "@leadwire/kpis";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

const from = 1_769_900_000_000;
const spanMs = 40 * 86_400_000;
const kinds = [...new Set(measures.map(({ kind }) => kind))];

const part = fc.record({
  kind: fc.constantFrom(...kinds),
  atMs: fc.integer({ min: from, max: from + spanMs }),
  outcome: fc.constantFrom(...factOutcomes),
  count: fc.constantFrom(1, 1, -1),
  amountMinor: fc.integer({ min: -1_000, max: 9_000_000 }),
  costMinor: fc.option(fc.nat()),
  units: fc.nat(9),
  durationMs: fc.option(fc.nat(90_000_000)),
  leadId: fc.constantFrom("L1", "L2", "L3", "L4", "L5"),
  dealId: fc.constantFrom("D1", "D2"),
  accountId: fc.constantFrom("", "A1", "A2", "A3"),
  owner: fc.constantFrom("ana", "bogdan"),
});

let temporary: TemporaryStore;
let facts: ReadonlyArray<FactRecord>;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  facts = fc.sample(part, { seed: 5, numRuns: 4_000 }).map(({ owner, ...stated }, index) => {
    const bin = stated.durationMs === null ? null : binOf(stated.durationMs);
    const business = { businessMs: stated.durationMs, businessBin: bin };
    // A lead is created once.
    const cohortAtMs = from + Number(stated.leadId.slice(1)) * 86_400_000;
    const factId = `crm/e${index}/${stated.kind}/0`;
    return sampleFact({ ...stated, ...business, bin, cohortAtMs, factId, dimensions: { owner } });
  });
  const writer = factWriter(testGeneration);
  for (const [index, each] of facts.entries()) writer.add(sampleChange(each, index), "funnel", 0);
  const outcome = await writer.insert(temporary.store)();
  if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
});
afterAll(() => temporary.dispose());

const rowsOf = async ({ sql, params }: SqlText) => {
  const rows = await temporary.store.rows(sql, { parameters: params })();
  if (isLeft(rows)) throw new Error(`${sql}: ${JSON.stringify(rows.left)}`);
  return rows.right;
};

const queryOf = (measure: Measure, want: PartialQuery["want"]): PartialQuery => ({
  measure,
  fromMs: measure.level && want !== "ends" ? null : from + spanMs / 4,
  toMs: from + spanMs / 2,
  upToMs: from + spanMs / 1.5,
  by: ["owner"],
  where: [["owner", "ana"]],
  want,
});

const wantsOf = ({ binned, level, kind }: Measure): ReadonlyArray<PartialQuery["want"]> => [
  "sums",
  ...(binned ? (["bins"] as const) : []),
  ...(kind === "lead_unanswered" ? (["ages"] as const) : []),
  ...(level ? (["ends"] as const) : []),
];

const summed = (lines: ReadonlyArray<FactLine>): ReadonlyArray<FactLineSum> =>
  [...Map.groupBy(lines, ({ bin }) => bin)].map(([bin, inBin]) => {
    const add = (pick: (line: FactLine) => bigint): bigint => inBin.reduce((sum, line) => sum + pick(line), 0n);
    return {
      bin,
      lines: inBin.length,
      count: add(({ count }) => count),
      sum: add(({ sum }) => sum),
      kept: add(({ kept }) => kept),
      endSum: add(({ endSum }) => endSum),
      lesserSum: add(({ lesserSum }) => lesserSum),
    };
  });

test.each(measures.flatMap((measure) => wantsOf(measure).map((want) => [measure.id, want, measure] as const)))(
  "the lines behind %s (%s) add up to what it is",
  async (_id, want, measure) => {
    const query = queryOf(measure, want);
    const found = await arraySource(facts).partials(query);
    const sums = factSumsOfRows(await rowsOf(factsSumSql(query)));
    expect(addsUp(found, sums)).toBe(true);
    const lines = factLinesOfRows(await rowsOf(factsSql(query, "leadwire.facts", 100_000)));
    expect(addsUp(found, summed(lines))).toBe(true);
    expect(lines.length).toBe(sums.reduce((total, each) => total + each.lines, 0));
    // One line less is noticed, unless that line is nothing.
    const less = lines.findIndex(({ count }) => count !== 0n);
    if (less >= 0) expect(addsUp(found, summed(lines.toSpliced(less, 1)))).toBe(false);
  },
);

test("a level lists what stands, each once, with its newest fact", async () => {
  const level =
    measures.find(({ id }) => id === "deals_open" || id === "pipeline_open") ?? measures.find((m) => m.level);
  if (level === undefined) throw new Error("no level is left");
  const lines = factLinesOfRows(await rowsOf(factsSql(queryOf(level, "sums"), "leadwire.facts", 100_000)));
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines.map(({ factId }) => factId)).size).toBe(lines.length);
});
