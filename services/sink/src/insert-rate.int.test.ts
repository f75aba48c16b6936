import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { encodeControl, eventTopics, factsTopic, metricsTopic } from "@leadwire/events";
import { type EmbeddedLog, type LogPosition, openEmbeddedLog } from "@leadwire/log";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSink } from "./sink.ts";
import type { Sink } from "./sink-options.ts";
import { sliceBytes } from "./testing/derived-record.ts";
import { behind, eventRecord, factRecord, record, upTo } from "./testing/sample-records.ts";

const metrics = metricsTopic(testGeneration);
const dayMs = 86_400_000;
let temporary: TemporaryStore;
let folder: string;
let log: EmbeddedLog;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  folder = await mkdtemp(join(tmpdir(), "leadwire-sink-"));
  log = await openEmbeddedLog({ folder, nowMs: Date.now });
  const topics = [...eventTopics, factsTopic(testGeneration), metrics];
  await log.ensureTopics(topics.map((name) => ({ name, partitions: 4 })));
});
afterAll(async () => {
  await log.close();
  await rm(folder, { recursive: true, force: true });
  await temporary.dispose();
});
beforeEach(() => temporary.truncate());

const startSink = async (): Promise<Sink> => {
  const sink = createSink({ log, store: temporary.store, generation: testGeneration, nowMs: () => performance.now() });
  await sink.start();
  return sink;
};

/** Inserts that each table has had since it was emptied: ClickHouse numbers them, and a part names its last. */
const insertsByTable = async (): Promise<ReadonlyMap<string, number>> => {
  const answer = await temporary.store.rows(
    `SELECT concat(database, '.', table), partition_id, max(max_block_number) - min(min_block_number) + 1 FROM system.parts
     WHERE active AND database LIKE 'leadwire_%' GROUP BY ALL`,
  )();
  if (isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  const inserts = new Map<string, number>();
  for (const [table, _partition, count] of answer.right) {
    inserts.set(String(table), (inserts.get(String(table)) ?? 0) + Number(count));
  }
  return inserts;
};

/** A slice of each kind somewhere in ten years of history. */
const sliceOf = (index: number) =>
  record(
    metrics,
    index % 4,
    sliceBytes({
      measure: "m",
      dimension: "company",
      value: "",
      granularity: (["minute", "hour", "day"] as const)[index % 3] ?? "day",
      startMs: 1_450_000_000_000 + (index % 3_650) * dayMs,
      bin: null,
      origin: "funnel",
      partition: index % 4,
      version: index,
      count: 1,
      sum: 0,
    }),
  );

const ledgerOf = (index: number) =>
  record(
    metrics,
    0,
    encodeControl({
      name: "ledger-updated",
      record: {
        topic: "leadwire.funnel",
        partition: 0,
        position: index,
        entries: [
          {
            source_system: "crm",
            backfill: "",
            applied: index,
            duplicate: 0,
            quarantined: 0,
            superseded: 0,
            conflict: 0,
            forwarded: 0,
            reasons: [],
          },
        ],
      },
    }),
  );

test("two sinks make at most four parts a second in each table together, whatever years the rows are of", async () => {
  const sinks = [await startSink(), await startSink()];
  const startedMs = performance.now();
  let sent = 0;
  while (performance.now() - startedMs < 4_000) {
    const indexes = upTo(100).map((index) => sent + index);
    const records = indexes.flatMap((index) => [eventRecord(index), factRecord(index), sliceOf(index)]);
    await log.append([...records, ledgerOf(sent)]);
    sent += 100;
    await sleep(5);
  }
  const seconds = (performance.now() - startedMs) / 1_000;
  const inserts = await insertsByTable();
  const statuses = sinks.map((sink) => sink.status());
  const count = "SELECT count(), uniqExact(event_id) FROM leadwire.events";
  const stored = async () => await temporary.store.rows(count)();
  const all = { _tag: "Right", right: [[`${sent}`, `${sent}`]] };
  for (let waitedMs = 0; waitedMs < 30_000 && !isDeepStrictEqual(await stored(), all); waitedMs += 100)
    await sleep(100);
  expect(await stored()).toEqual(all);
  for (const sink of sinks) await sink.stop();
  expect(statuses.map(({ partitions }) => partitions)).toEqual([12, 12]);
  expect(statuses.map(({ insertIntervalMs }) => insertIntervalMs)).toEqual([500, 500]);
  expect(inserts.size).toBe(8);
  for (const [table, count] of inserts) {
    // Two at the very start, one of each sink.
    expect(count / seconds, `${table} had ${count} inserts in ${seconds} s`).toBeLessThanOrEqual(4 + 2 / seconds);
    expect(count, table).toBeGreaterThan(0);
  }
});

test("one sink alone makes four a second by itself, and says how it is doing", async () => {
  const sink = await startSink();
  const startedMs = performance.now();
  let last: ReadonlyArray<LogPosition> = [];
  while (performance.now() - startedMs < 2_500) {
    last = behind(await log.append(upTo(50).map((index) => eventRecord(1_000_000 + index))));
    await sleep(10);
  }
  await sink.stored(last);
  const status = sink.status();
  expect(status).toMatchObject({ ready: true, partitions: 24, insertIntervalMs: 250, lagSeconds: expect.any(Number) });
  expect(status.rows).toBeGreaterThan(500);
  expect(status.rowsPerSecond).toBeGreaterThan(50);
  expect(status.insertMsLast).toBeGreaterThan(0);
  expect(status.partsByTable.get("leadwire_log.events")).toBeLessThan(300);
  await sink.stop();
  const inserts = await insertsByTable();
  const seconds = (performance.now() - startedMs) / 1_000;
  expect((inserts.get("leadwire_log.events") ?? 0) / seconds).toBeLessThanOrEqual(4 + 1 / seconds);
});
