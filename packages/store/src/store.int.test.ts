import { defaultWorkspace, type FactRecord } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "./migrations/migrate.ts";
import { generationDatabase } from "./model/database.ts";
import { schemaViews } from "./model/schema-text.ts";
import { readPositions, writePositions } from "./positions.ts";
import type { Cell, Store } from "./store.ts";
import { faultText } from "./store-fault.ts";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import {
  openBreakableStore,
  openTemporaryStore,
  type TemporaryStore,
  testGeneration,
} from "./testing/temporary-store.ts";
import { eventWriter } from "./writers/event-writer.ts";
import { factWriter } from "./writers/fact-writer.ts";
import { sliceWriter } from "./writers/slice-writer.ts";

const hour = 3_600_000;
const created = 1_769_940_000_000;
let temporary: TemporaryStore;
let store: Store;

beforeAll(async () => {
  temporary = await openTemporaryStore("Europe/Bucharest");
  store = temporary.store;
});
afterAll(() => temporary.dispose());

const rows = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const answer = await store.rows(sql, { as: "analyst" })();
  if (isLeft(answer)) throw new Error(faultText(answer.left));
  return answer.right;
};

const putFacts = async (facts: ReadonlyArray<readonly [FactRecord, number, boolean?]>): Promise<void> => {
  const writer = factWriter(testGeneration);
  for (const [fact, version, present] of facts) writer.add(sampleChange(fact, version, present), "funnel", 3);
  expect(await writer.insert(store)()).toMatchObject({ _tag: "Right" });
};

test("keeps the highest version when a fact is delivered twice and out of order", async () => {
  const fact = (amountMinor: number) =>
    sampleFact({ factId: "crm/e1/sale/0", kind: "sale", atMs: created, leadId: "dup", amountMinor });
  await putFacts([
    [fact(300), 12],
    [fact(100), 10],
  ]);
  await putFacts([
    [fact(200), 11],
    [fact(300), 12],
    [fact(100), 10],
  ]);
  expect(await rows("SELECT amount_minor, version FROM facts WHERE lead_id = 'dup'")).toEqual([[300, 12]]);
  expect(await rows("SELECT version FROM fact_history WHERE lead_id = 'dup' ORDER BY version")).toEqual([
    [10],
    [11],
    [12],
  ]);
});

test("a retraction takes the fact out of today's and leaves it in the history", async () => {
  const fact = sampleFact({ factId: "crm/e2/sale/0", kind: "sale", atMs: created, leadId: "gone" });
  await putFacts([[fact, 5, true]]);
  await putFacts([[fact, 6, false]]);
  expect(await rows("SELECT count() FROM facts WHERE lead_id = 'gone'")).toEqual([[0]]);
  expect(await rows("SELECT version, present FROM fact_history WHERE lead_id = 'gone' ORDER BY version")).toEqual([
    [5, 1],
    [6, 0],
  ]);
});

test("reads back every column of a fact as it was written", async () => {
  const fact = sampleFact({
    factId: "crm/ż/deal_closed/0",
    kind: "deal_closed",
    outcome: "won",
    atMs: created,
    amountMinor: -9_007_199_254_740_991,
    costMinor: 12,
    units: 2.5,
    durationMs: 86_400_000,
    bin: 2_040,
    cohortAtMs: created - hour,
    leadId: "all",
    dealId: "D",
    accountId: "A",
    dimensions: { ...sampleFact({ factId: "", kind: "sale", atMs: 0 }).dimensions, owner: "Zoë", stage: "客戶" },
  });
  await putFacts([[fact, 1]]);
  const columns =
    "fact_id, toString(kind), outcome, toUnixTimestamp64Milli(at), toString(amount_minor), cost_minor, units, duration_s, bin, toUnixTimestamp64Milli(assumeNotNull(cohort_at)), deal_id, account_id, owner, team, stage, origin, partition, cause_event_id";
  expect(await rows(`SELECT ${columns} FROM facts WHERE lead_id = 'all'`)).toEqual([
    [
      fact.factId,
      "deal_closed",
      "won",
      created,
      "-9007199254740991",
      12,
      2.5,
      86_400,
      2_040,
      created - hour,
      "D",
      "A",
      "Zoë",
      "(none)",
      "客戶",
      "funnel",
      3,
      "e1",
    ],
  ]);
});

test("a lead and its deal are one row each, with how far they got", async () => {
  const of = (kind: FactRecord["kind"], atMs: number, more: Partial<FactRecord> = {}): FactRecord =>
    sampleFact({ factId: `crm/x/${kind}/${more.count ?? 1}`, kind, atMs, leadId: "L9", dealId: "D9", ...more });
  await putFacts([
    [of("lead_created", created), 1],
    [of("lead_responded", created + 90_000, { outcome: "first_touch", durationMs: 90_000, bin: 1 }), 2],
    [of("lead_sla", created + 90_000, { outcome: "met" }), 2],
    [of("lead_opportunity", created + hour), 3],
    [of("deal_pipeline", created + hour, { amountMinor: 5_000 }), 3],
    [of("deal_pipeline", created + 2 * hour, { count: -1, amountMinor: -5_000 }), 4],
    [of("deal_closed", created + 2 * hour, { outcome: "won", amountMinor: 4_800, durationMs: 2 * hour }), 4],
  ]);
  expect(
    await rows("SELECT response_s, sla, qualified_at, opportunity_at > created_at FROM leads WHERE lead_id = 'L9'"),
  ).toEqual([[90, "met", null, 1]]);
  expect(await rows("SELECT status, amount_minor, cycle_s, stage FROM deals WHERE deal_id = 'D9'")).toEqual([
    ["won", 4_800, 7_200, "(none)"],
  ]);
});

test("an SLA missed in the future does not count yet", async () => {
  await putFacts([
    [
      sampleFact({
        factId: "crm/f/lead_sla/0",
        kind: "lead_sla",
        outcome: "missed",
        atMs: 7_000_000_000_000,
        leadId: "later",
      }),
      1,
    ],
  ]);
  expect(await rows("SELECT sla FROM leads WHERE lead_id = 'later'")).toEqual([[null]]);
});

test("the highest revision of an event counts, and of two contents the smaller hash", async () => {
  const writer = eventWriter();
  const put = (
    offset: number,
    event_id: string,
    revision: number,
    to_stage: string,
    hash: string,
    voided = false,
  ): void =>
    writer.add({
      topic: "leadwire.funnel",
      partition: 0,
      offset,
      appendTimeMs: created,
      contentHash: hash.repeat(32),
      event: {
        type: "stage-changed",
        event_id,
        source_system: "crm",
        occurred_at: created,
        revision,
        voided,
        lead_id: "E",
        to_stage,
      },
    });
  put(0, "a", 2, "high", "ee");
  put(1, "a", 1, "low", "00");
  put(2, "b", 0, "larger", "f0");
  put(3, "b", 0, "smaller", "0f");
  put(4, "c", 0, "there", "aa");
  put(5, "c", 1, "taken", "bb", true);
  await writer.insert(store)();
  expect(await rows("SELECT event_id, to_stage, owner FROM events WHERE lead_id = 'E' ORDER BY event_id")).toEqual([
    ["a", "high", null],
    ["b", "smaller", null],
  ]);
  expect(await rows("SELECT count() FROM events_all WHERE lead_id = 'E'")).toEqual([[6]]);
});

test("reads back a deal's lines", async () => {
  const writer = eventWriter();
  writer.add({
    topic: "leadwire.funnel",
    partition: 1,
    offset: 0,
    appendTimeMs: created,
    contentHash: "ab".repeat(32),
    event: {
      type: "deal-closed",
      event_id: "d1",
      source_system: "crm",
      occurred_at: created,
      revision: 0,
      voided: false,
      lead_id: "lines",
      outcome: "won",
      amount_minor: 300,
      currency: "EUR",
      lines: [
        { product: "GTX", quantity: 2, amount_minor: 200, cost_minor: 90 },
        { product: "MG", quantity: 0.5, amount_minor: 100 },
      ],
    },
  });
  await writer.insert(store)();
  expect(
    await rows(
      "SELECT lines.product, lines.quantity, lines.amount_minor, lines.cost_minor FROM events WHERE lead_id = 'lines'",
    ),
  ).toEqual([
    [
      ["GTX", "MG"],
      [2, 0.5],
      [200, 100],
      [90, null],
    ],
  ]);
});

test("slices of several partitions add up, each at its highest version, by local day", async () => {
  const writer = sliceWriter(testGeneration);
  const day = Date.UTC(2026, 1, 1, 22); // 2026-02-02 00:00 in Bucharest
  const put = (partition: number, version: number, count: number): void =>
    writer.add({
      measure: "leads",
      dimension: "owner",
      value: "ana",
      granularity: "day",
      startMs: day,
      bin: null,
      origin: "funnel",
      partition,
      version,
      count,
      sum: count * 10,
    });
  put(0, 9, 4);
  put(0, 7, 2);
  put(1, 3, 5);
  await writer.insert(store)();
  await writer.insert(store)();
  expect(await rows("SELECT toString(day), count, sum FROM metrics WHERE measure = 'leads'")).toEqual([
    ["2026-02-02", 9, 90],
  ]);
  expect(await rows("SELECT bin, count FROM slices WHERE measure = 'leads'")).toEqual([[null, 9]]);
});

test("every view has the columns that the schema promises", async () => {
  for (const view of schemaViews()) {
    const found = await rows(
      `SELECT name, type, comment FROM system.columns WHERE database = 'leadwire' AND table = '${view.name}' ORDER BY position`,
    );
    expect(found).toEqual(view.columns.map(({ name, type, comment }) => [name, type, comment]));
    await rows(`SELECT * FROM leadwire.${view.name} LIMIT 1`);
  }
});

test("the original bytes of quarantined records are not for analysts", async () => {
  const answer = await store.rows("SELECT bytes FROM leadwire_log.quarantine", { as: "analyst" })();
  expect(answer).toMatchObject({ _tag: "Left", left: { _tag: "Rejected", name: "ACCESS_DENIED" } });
});

test("migrating again changes nothing", async () => {
  expect(await migrate(store)()).toMatchObject({ _tag: "Right" });
});

test("remembers the furthest position of each partition", async () => {
  const database = generationDatabase(testGeneration);
  const at = (nextOffset: number) => [{ topic: "t", partition: 1, nextOffset, appendTimeMs: created + nextOffset }];
  await writePositions(store, database, at(50))();
  await writePositions(store, database, at(40))();
  expect(await readPositions(store, database)()).toEqual({ _tag: "Right", right: at(50) });
});

test("tells an absent server from a refused statement", async () => {
  expect(await store.command("SELEKT 1")()).toMatchObject({
    _tag: "Left",
    left: { _tag: "Rejected", name: "SYNTAX_ERROR" },
  });
  const other = await openBreakableStore(defaultWorkspace.timeZone);
  await other.server.stop();
  expect(await other.store.command("SELECT 1")()).toMatchObject({ _tag: "Left", left: { _tag: "Unavailable" } });
  await other.dispose();
});
