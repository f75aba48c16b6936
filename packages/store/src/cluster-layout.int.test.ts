import {
  sampleAcknowledgement,
  sampleClaim,
  samplePlanned,
  sampleSettled,
  sampleSilence,
  sampleTransition,
} from "@leadwire/events/testing";
import { metricViews, type SliceRecord, type ViewParameter } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readActiveParts } from "./active-parts.ts";
import { readLedger } from "./ledger-reader.ts";
import { createGeneration, migrate, serveGeneration } from "./migrations/migrate.ts";
import { generationStatements, migrations, migrationTableStatements, viewStatements } from "./migrations/statements.ts";
import { clusterLayout } from "./model/layout.ts";
import { companyViews } from "./model/readers/reader-grants.ts";
import { schemaViews } from "./model/schema-text.ts";
import { readPositions, writePositions } from "./positions.ts";
import type { Reader } from "./reader.ts";
import { readSlices } from "./slice-reader.ts";
import type { Cell, Store } from "./store.ts";
import { faultText } from "./store-fault.ts";
import { sampleChange, sampleFact } from "./testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "./testing/temporary-store.ts";
import { startTwoShards, type TwoShards } from "./testing/two-shards.ts";
import { AlertWriter } from "./writers/alert-writer.ts";
import { eventWriter } from "./writers/event-writer.ts";
import { factWriter } from "./writers/fact-writer.ts";
import { ledgerWriter } from "./writers/ledger-writer.ts";
import { quarantineWriter } from "./writers/quarantine-writer.ts";
import { sliceWriter } from "./writers/slice-writer.ts";

const metrics = [...catalogue.metrics.values()].flatMap(metricViews);
let single: TemporaryStore;
let shards: TwoShards;

const done = async <A>(task: () => Promise<{ readonly _tag: string } & A>): Promise<void> => {
  expect(await task()).toMatchObject({ _tag: "Right" });
};

beforeAll(async () => {
  [single, shards] = await Promise.all([openTemporaryStore(), startTwoShards()]);
  await done(migrate(shards.store));
  await done(createGeneration(shards.store, testGeneration));
  for (const store of [single.store, shards.store]) {
    await done(serveGeneration(store, testGeneration, "UTC", metrics));
    await fill(store);
  }
});
afterAll(() => Promise.all([single.dispose(), shards.dispose()]));

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index);
const at = (index: number): number => 1_769_940_000_000 + index * 60_000;

const slice = (index: number, version: number): SliceRecord => ({
  measure: "leads",
  dimension: index % 3 === 0 ? "company" : "owner",
  value: index % 3 === 0 ? "" : `rep ${index % 7}`,
  granularity: "day",
  startMs: Math.floor(at(index * 900) / 86_400_000) * 86_400_000,
  bin: null,
  origin: "funnel",
  partition: index % 4,
  version,
  count: index + version,
  sum: version,
});

/** Every table, with later and earlier versions of the same keys in several inserts, and whole inserts twice. */
const fill = async (store: Store): Promise<void> => {
  const events = eventWriter();
  const facts = factWriter(testGeneration);
  const slices = sliceWriter(testGeneration);
  const quarantine = quarantineWriter();
  const ledger = ledgerWriter(testGeneration);
  const alerts = new AlertWriter();
  const writers = [events, facts, slices, quarantine, ledger, alerts];
  for (const version of [5, 9, 7]) {
    for (const writer of writers) writer.clear();
    for (const index of upTo(200)) {
      events.add({
        topic: "leadwire.funnel",
        partition: index % 4,
        offset: version * 1_000 + index,
        appendTimeMs: at(index),
        contentHash: `${version}`.repeat(64),
        event: {
          type: "lead-created",
          event_id: `e${index}`,
          source_system: "crm",
          occurred_at: at(index),
          revision: version,
          voided: index % 20 === 0 && version === 9,
          lead_id: `L${index}`,
        },
      });
      const fact = sampleFact({
        factId: `crm/e${index}/sale/0`,
        kind: "sale",
        atMs: at(index),
        leadId: `L${index}`,
        amountMinor: index * version,
        // Most of them change hands.
        dimensions: { owner: `rep ${(index + version) % 4}` },
      });
      facts.add(sampleChange(fact, version, !(index % 10 === 0 && version === 9)), "funnel", index % 4);
      slices.add(slice(index, version));
    }
    [
      sampleClaim(version),
      sampleTransition(version, version),
      sampleTransition(version, version - 1),
      samplePlanned(`k${version}`, version),
      sampleSettled(`k${version}`),
      sampleSilence(at(version)),
      sampleAcknowledgement,
    ].forEach((record, index) => {
      alerts.add(record, { partition: version % 2, offset: version * 100 + index, appendTimeMs: at(version) });
    });
    quarantine.add(
      {
        id: `q-${version}`,
        source_system: "crm",
        origin: "leadwire.funnel",
        partition: 1,
        position: 9_001,
        reason: "bad_date",
        detail: "x",
        bytes: Buffer.from([version]),
      },
      at(version),
    );
    ledger.add({
      topic: "leadwire.funnel",
      partition: version % 2,
      position: version * 10,
      entries: [
        {
          source_system: "crm",
          backfill: "",
          applied: version,
          duplicate: 0,
          quarantined: 1,
          superseded: 0,
          conflict: 0,
          forwarded: 0,
          reasons: [{ reason: "bad_date", count: version }],
        },
      ],
    });
    for (const writer of [...writers, ...writers]) await done(writer.insert(store));
    const position = { topic: "leadwire.funnel", partition: version % 2, nextOffset: version, appendTimeMs: at(1) };
    await done(writePositions(store, `leadwire_g_${testGeneration}`, [position]));
  }
};

const rows = async (store: Store, sql: string): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const answer = await store.rows(sql, { as: "analyst" })();
  if (isLeft(answer)) throw new Error(`${sql}: ${faultText(answer.left)}`);
  return answer.right;
};

/** Views over a few of the rows that the views below them have. */
const mayBeEmpty = /^(deals|leads|event_|stage_|activities|sale_lines|spend_days)/;

test.each(schemaViews().map(({ name }) => name))(
  "the view %s answers the analyst on two shards as on one server",
  async (view) => {
    const sql = `SELECT * FROM leadwire.${view} ORDER BY ALL`;
    const expected = await rows(single.store, sql);
    expect(expected.length).toBeGreaterThan(mayBeEmpty.test(view) ? -1 : 0);
    expect(await rows(shards.store, sql)).toEqual(expected);
    const counted = `SELECT count() FROM leadwire.${view} WHERE 1`;
    expect(await rows(shards.store, counted)).toEqual(await rows(single.store, counted));
  },
);

const parameterValues: Readonly<Record<Exclude<ViewParameter, "by">, string>> = {
  since: "'2026-01-01'",
  until: "'2026-03-01'",
  prior_since: "'2025-11-01'",
  prior_until: "'2026-01-01'",
  prior_at: "'2026-01-01'",
  at: "'2026-03-01'",
  today: "'2026-03-01'",
  period: "'2026-02'",
  months: "2",
  days_begun: "40",
  days_all: "43",
};

// All of them are made in the same few ways: a third holds them all.
test("metrics' views say the same on two shards as on one server", async () => {
  let answered = 0;
  for (const { name, select, parameters } of metrics.filter((_, index) => index % 3 === 0)) {
    const by = select.includes("'owner'") ? "owner" : "company";
    const values = parameters
      .map((parameter) => `${parameter} = ${parameter === "by" ? `'${by}'` : parameterValues[parameter]}`)
      .join(", ");
    const sql = `SELECT * FROM leadwire.${name}(${values}) ORDER BY ALL`;
    const expected = await single.store.rows(sql)();
    expect(expected, name).toMatchObject({ _tag: "Right" });
    expect(await shards.store.rows(sql)(), name).toEqual(expected);
    if (!isLeft(expected) && expected.right.length > 0) answered += 1;
  }
  expect(answered).toBeGreaterThan(0);
});

test.each(["facts_as_of(", "facts_of_kind_as_of(kind = 'deal_pipeline', "])(
  "the facts of an earlier time, %s), are the same on two shards as on one server",
  async (view) => {
    const [newest] = await rows(single.store, "SELECT max(append_time), min(append_time) FROM leadwire.fact_history");
    for (const asOf of newest ?? []) {
      const sql = `SELECT * FROM leadwire.${view}as_of = '${String(asOf)}') ORDER BY ALL`;
      expect(await rows(shards.store, sql)).toEqual(await rows(single.store, sql));
    }
  },
);

test("a reader of some rows sees the same of them on two shards as on one server, in every view", async () => {
  const reader: Reader = { id: "t-0000000a", where: [["owner", "rep 3"]] };
  const servers = [single.store, ...shards.nodes];
  await Promise.all(servers.map((store) => done(store.readers.admit([reader]))));
  const ask = async (store: Store, sql: string): Promise<string> => {
    const login = store.readers.loginOf(reader);
    if (login === undefined) throw new Error("the reader was not admitted");
    const answer = await fetch(login.url, { method: "POST", body: sql, headers: login.headers });
    return answer.text();
  };
  const whole = schemaViews()
    .map(({ name }) => name)
    .filter((name) => !companyViews.includes(name));
  const asOf = "facts_as_of(as_of = '2026-02-02 02:40:00')";
  for (const view of [...whole, asOf, "merge('leadwire', '^facts$')"]) {
    const sql = `SELECT * FROM leadwire.${view} ORDER BY ALL`.replace("leadwire.merge", "merge");
    const expected = await ask(single.store, sql);
    expect(expected, view).not.toContain("DB::Exception");
    expect(await ask(shards.store, sql), view).toBe(expected);
  }
  expect(Number(await ask(shards.store, "SELECT count() FROM leadwire.facts"))).toBeGreaterThan(5);
  const others = "SELECT count() FROM leadwire.facts WHERE owner != 'rep 3'";
  expect(await ask(shards.store, others)).toBe("0\n");
  const local = `leadwire_g_${testGeneration}.facts_latest_local`;
  expect(await ask(shards.store, `SELECT count() FROM ${local} WHERE owner != 'rep 3'`)).toBe("0\n");
});

test("both shards hold a part, and every key lies on one of them", async () => {
  const counts = await Promise.all(
    shards.nodes.map(async (node) => {
      const answer = await node.rows(
        `SELECT groupUniqArray(fact_id) FROM leadwire_g_${testGeneration}.facts_latest_local`,
      )();
      return isLeft(answer) ? [] : (answer.right[0]?.[0] as ReadonlyArray<string>);
    }),
  );
  const [first = [], second = []] = counts;
  expect(first.length + second.length).toBe(200);
  expect(Math.min(first.length, second.length)).toBeGreaterThan(50);
  expect(new Set([...first, ...second]).size).toBe(200);
});

test("the engine's own readers answer the same", async () => {
  const database = `leadwire_g_${testGeneration}`;
  const sorted = async (store: Store) => {
    const slices = await readSlices(store, testGeneration)();
    return isLeft(slices) ? slices : [...slices.right].map((each) => JSON.stringify(each)).sort();
  };
  expect(await sorted(shards.store)).toEqual(await sorted(single.store));
  expect(await readPositions(shards.store, database)()).toEqual(await readPositions(single.store, database)());
  expect(await readLedger(shards.store, testGeneration)()).toEqual(await readLedger(single.store, testGeneration)());
  expect(await readActiveParts(shards.store, testGeneration)()).toMatchObject({ _tag: "Right" });
});

test("ClickHouse's parser takes every statement of a replicated cluster", async () => {
  const layout = clusterLayout("main");
  const statements = [
    ...migrationTableStatements(layout),
    ...migrations.flatMap(({ statements: of }) => of(layout)),
    ...generationStatements(layout, testGeneration),
    ...viewStatements(layout, testGeneration, "UTC"),
  ];
  expect(statements.filter((sql) => !/^(?:CREATE|ALTER) [^(]* ON CLUSTER main /.test(sql))).toEqual([]);
  expect(statements.filter((sql) => sql.includes("ENGINE = Replicated")).length).toBe(17);
  for (const sql of statements) await done(single.store.rows(`EXPLAIN AST ${sql}`));
});
