import { dayMs } from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generationStatements } from "./migrations/statements.ts";
import { generationDatabase } from "./model/database.ts";
import { factHistoryTable, factsLatestTable } from "./model/fact-tables.ts";
import { createDatabase, createTable, feedTable, singleLayout } from "./model/layout.ts";
import { readOpenSet } from "./open-set-reader.ts";
import { StoreError } from "./store-fault.ts";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { factWriter } from "./writers/fact-writer.ts";

const atMs = 1_769_940_000_000;
let temporary: TemporaryStore;

beforeAll(async () => {
  temporary = await openTemporaryStore();
});
afterAll(() => temporary.dispose());

const run = async (statements: ReadonlyArray<string>): Promise<void> => {
  for (const sql of statements) {
    const outcome = await temporary.store.command(sql)();
    if (isLeft(outcome)) throw new StoreError(outcome.left);
  }
};

/** Each with the version that it was told at. */
const put = async (
  generation: string,
  facts: ReadonlyArray<readonly [version: number, fact: ReturnType<typeof sampleFact>, present?: boolean]>,
): Promise<void> => {
  const writer = factWriter(generation);
  for (const [version, fact, present = true] of facts) writer.add(sampleChange(fact, version, present), "funnel", 0);
  expect(await writer.insert(temporary.store)()).toMatchObject({ _tag: "Right" });
};

const level = (kind: "lead_unanswered" | "deal_pipeline", leadId: string, event: string, count: number) =>
  sampleFact({
    factId: `crm/${event}/${kind}/${count > 0 ? 1 : 0}`,
    kind,
    atMs,
    leadId,
    dealId: kind === "deal_pipeline" ? leadId : "",
    count,
    amountMinor: kind === "deal_pipeline" ? count * 500 : 0,
    cohortAtMs: kind === "lead_unanswered" ? atMs : null,
    dimensions: { owner: "ana" },
  });

const act = (leadId: string, n: number, outcome: "call" | "automated" = "call") =>
  sampleFact({
    factId: `crm/a${leadId}${n}/activity/0`,
    kind: "activity",
    atMs: atMs + n,
    leadId,
    dealId: "",
    outcome,
  });

test("reads leads that wait and open deals with all their facts, and the last that people did", async () => {
  const created = (leadId: string) =>
    sampleFact({ factId: `crm/${leadId}/lead_created/0`, kind: "lead_created", atMs, leadId, dealId: "" });
  await put(testGeneration, [
    [1, created("waits")],
    [1, level("lead_unanswered", "waits", "e1", 1)],
    [2, level("lead_unanswered", "waits", "e2", -1)],
    [3, level("lead_unanswered", "waits", "e2", -1), false],
    [4, created("answered")],
    [4, level("lead_unanswered", "answered", "e4", 1)],
    [5, level("lead_unanswered", "answered", "e5", -1)],
    [6, level("deal_pipeline", "open", "e6", 1)],
    [7, level("deal_pipeline", "closed", "e7", 1)],
    [8, level("deal_pipeline", "closed", "e8", -1)],
    ...[1, 2, 3, 4, 5, 6].map((n) => [10 + n, act("open", n)] as const),
    [20, act("open", 9, "automated")],
    [21, act("closed", 1)],
  ]);
  const read = await readOpenSet(temporary.store, testGeneration, atMs)();
  if (isLeft(read)) throw new StoreError(read.left);
  const shown = read.right.facts.map(({ fact, version, present }) => `${fact.factId} ${version} ${present}`);
  expect(shown.slice(0, 3).toSorted()).toEqual([
    "crm/e1/lead_unanswered/1 1 true",
    "crm/e2/lead_unanswered/0 3 false",
    "crm/waits/lead_created/0 1 true",
  ]);
  expect(shown.slice(3)).toEqual([
    "crm/e6/deal_pipeline/1 6 true",
    ...[6, 5, 4, 3].map((n) => `crm/aopen${n}/activity/0 ${10 + n} true`),
  ]);
  expect(read.right.facts.at(3)).toMatchObject({
    fact: { leadId: "open", dealId: "open", amountMinor: 500, dueAtMs: null, dimensions: { owner: "ana" } },
    isBackfill: false,
  });
  // The changes came within one minute, from one source.
  expect(read.right.heard).toEqual([
    ["crm", 1_770_000_000_001],
    ["crm", 1_770_000_000_021],
  ]);
  const later = await readOpenSet(temporary.store, testGeneration, 1_770_000_000_000 + dayMs)();
  expect(later).toMatchObject({ right: { heard: [] } });
});

test("a generation of a former version gets the new column, and its facts count as brought by a backfill", async () => {
  const generation = "f0f0f0";
  const database = generationDatabase(generation);
  const former = [factHistoryTable, factsLatestTable].map((table) => ({
    ...table,
    columns: table.columns.filter(({ name }) => name !== "backfill"),
  }));
  const fact = level("lead_unanswered", "old", "e1", 1);
  try {
    await run([
      createDatabase(singleLayout, database),
      ...former.flatMap((table) => createTable(singleLayout, database, table)),
      feedTable(singleLayout, database, factHistoryTable.name, factsLatestTable.name),
      `INSERT INTO ${database}.fact_history (fact_id, kind, count, lead_id, present, version)
       VALUES ('${fact.factId}', 'lead_unanswered', 1, 'old', 1, 1)`,
      ...generationStatements(singleLayout, generation),
    ]);
    await put(generation, [[2, level("lead_unanswered", "new", "e2", 1)]]);
    const read = await readOpenSet(temporary.store, generation, 0)();
    if (isLeft(read)) throw new StoreError(read.left);
    const shown = read.right.facts.map(({ fact: { leadId }, isBackfill }) => `${leadId} ${isBackfill}`);
    expect(shown.toSorted()).toEqual(["new false", "old true"]);
  } finally {
    await run([`DROP DATABASE IF EXISTS ${database} SYNC`]);
  }
});
