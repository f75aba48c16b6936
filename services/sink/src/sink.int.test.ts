import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  encodeControl,
  encodeQuarantined,
  eventTopics,
  factsTopic,
  type LedgerUpdated,
  metricsTopic,
  quarantineTopic,
} from "@leadwire/events";
import { type EmbeddedLog, type LogPosition, openEmbeddedLog } from "@leadwire/log";
import { type Cell, readLedger } from "@leadwire/store";
import { type BreakableStore, openBreakableStore, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSink } from "./sink.ts";
import type { Sink } from "./sink-options.ts";
import { heartbeatBytes, sliceBytes } from "./testing/derived-record.ts";
import { behind, eventRecord, factRecord, record, upTo } from "./testing/sample-records.ts";

const facts = factsTopic(testGeneration);
const metrics = metricsTopic(testGeneration);
let temporary: BreakableStore;
let folder: string;
let log: EmbeddedLog;
let sinks: Sink[] = [];

beforeAll(async () => {
  temporary = await openBreakableStore();
});
afterAll(() => temporary.dispose());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "leadwire-sink-"));
  log = await openEmbeddedLog({ folder, nowMs: Date.now });
  await log.ensureTopics([...eventTopics, quarantineTopic, facts, metrics].map((name) => ({ name, partitions: 2 })));
  await temporary.truncate();
});
afterEach(async () => {
  for (const sink of sinks) await sink.stop();
  sinks = [];
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

const startSink = async (more: Partial<Parameters<typeof createSink>[0]> = {}): Promise<Sink> => {
  const sink = createSink({
    log,
    store: temporary.store,
    generation: testGeneration,
    nowMs: () => performance.now(),
    ageMs: 20,
    ...more,
  });
  sinks.push(sink);
  await sink.start();
  return sink;
};

const rows = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const answer = await temporary.store.rows(sql)();
  if (isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  // 64-bit integers come as text; those of these tests are small.
  return answer.right.map((row) => row.map((cell) => (/^\d+$/.test(String(cell)) ? Number(cell) : cell)));
};

const told: LedgerUpdated = {
  topic: "leadwire.funnel",
  partition: 0,
  position: 12,
  entries: [
    {
      source_system: "crm",
      backfill: "",
      applied: 9,
      duplicate: 1,
      quarantined: 2,
      superseded: 0,
      conflict: 0,
      forwarded: 0,
      reasons: [{ reason: "bad_date", count: 2 }],
    },
  ],
};
test("carries every topic into its table", async () => {
  const sink = await startSink();
  const appended = await log.append([
    ...upTo(10).map(eventRecord),
    ...upTo(7).map(factRecord),
    record(facts, 0, heartbeatBytes("leadwire.funnel", 0, 3)),
    record("leadwire.funnel", 0, Buffer.from("no event")),
    record(
      metrics,
      1,
      sliceBytes({
        measure: "m",
        dimension: "company",
        value: "",
        granularity: "hour",
        startMs: 1_770_000_000_000,
        bin: 4,
        origin: "spend",
        partition: 1,
        version: 3,
        count: 2,
        sum: 9,
      }),
    ),
    record(
      quarantineTopic,
      0,
      encodeQuarantined({
        id: "q-1",
        source_system: "crm",
        origin: "a.csv",
        position: 3,
        reason: "bad_date",
        detail: "x",
        bytes: Buffer.from([0, 255]),
      }),
    ),
    record(metrics, 0, encodeControl({ name: "ledger-updated", record: told })),
  ]);
  await sink.stored(behind(appended));
  expect(await rows("SELECT count(), min(offset), max(offset) FROM leadwire.events")).toEqual([[10, 0, 4]]);
  expect(await rows("SELECT count(), max(version) FROM leadwire.facts")).toEqual([[7, 6]]);
  expect(await rows("SELECT count, sum, bin FROM leadwire.slices")).toEqual([[2, 9, 4]]);
  expect(await rows("SELECT hex(bytes) FROM leadwire_log.quarantine")).toEqual([["00FF"]]);
  expect(await readLedger(temporary.store, testGeneration)()).toEqual({ _tag: "Right", right: [told] });
  expect(sink.counts().withoutRow).toBe(2);
});

test("passes over what a stranger wrote to the derived topics", async () => {
  const sink = await startSink();
  const { value } = eventRecord(1);
  const strange = [facts, metrics].flatMap((topic) =>
    [Buffer.from("neither fact nor slice"), value].map((bytes) => record(topic, 0, Buffer.from(bytes))),
  );
  await sink.stored(behind(await log.append([...strange, ...upTo(3).map(factRecord)])));
  expect(await rows("SELECT count() FROM leadwire.facts")).toEqual([[3]]);
  expect(sink.counts().withoutRow).toBe(4);
});

test("a new sink goes on where the last one stopped", async () => {
  const first = await startSink();
  await first.stored(behind(await log.append(upTo(100).map(eventRecord))));
  await first.stop();
  sinks = [];
  await log.append(upTo(150).slice(100).map(eventRecord));
  const second = await startSink();
  expect(
    second
      .reached()
      .filter(({ topic }) => topic === "leadwire.funnel")
      .map(({ nextOffset }) => nextOffset),
  ).toEqual([50, 50]);
  await second.stored([
    { topic: "leadwire.funnel", partition: 0, offset: 75 },
    { topic: "leadwire.funnel", partition: 1, offset: 75 },
  ]);
  expect(await rows("SELECT count(), uniqExact(event_id) FROM leadwire_log.events")).toEqual([[150, 150]]);
});

test("a mark that was lost costs a second reading and changes nothing", async () => {
  const first = await startSink();
  await first.stored(behind(await log.append(upTo(100).flatMap((index) => [eventRecord(index), factRecord(index)]))));
  await first.stop();
  sinks = [];
  await temporary.store.command("TRUNCATE TABLE leadwire_log.positions")();
  await temporary.store.command(`TRUNCATE TABLE leadwire_g_${testGeneration}.positions`)();
  const second = await startSink();
  await second.stored(
    [0, 1].flatMap((partition) => [
      { topic: "leadwire.funnel", partition, offset: 50 },
      { topic: facts, partition, offset: 50 },
    ]),
  );
  expect(await rows("SELECT count() FROM leadwire.events")).toEqual([[100]]);
  expect(await rows("SELECT count() FROM leadwire.facts")).toEqual([[100]]);
  expect(await rows("SELECT count() FROM leadwire.fact_history")).toEqual([[100]]);
});

test("goes on after ClickHouse was killed in the middle, without a gap or a repeat", async () => {
  let waits = 0;
  const sink = await startSink({ rowsMax: 500, onWait: () => (waits += 1) });
  const ends: LogPosition[] = [];
  for (let round = 0; round < 6; round += 1) {
    const from = round * 1_000;
    ends.push(
      ...(await log.append(upTo(1_000).flatMap((index) => [eventRecord(from + index), factRecord(from + index)]))),
    );
    const pid = temporary.server.pid();
    if (round % 2 === 1 && pid !== undefined) process.kill(pid, "SIGKILL");
    await sleep(60);
  }
  await sink.stored(behind(ends));
  expect(await rows("SELECT count(), uniqExact(event_id) FROM leadwire.events")).toEqual([[6_000, 6_000]]);
  expect(await rows("SELECT count() FROM leadwire.facts")).toEqual([[6_000]]);
  expect(waits).toBeGreaterThan(0);
});

test("a partition that another member takes over is stored up to there first", async () => {
  const first = await startSink();
  const ends = await log.append(upTo(2_000).map(eventRecord));
  const second = await startSink();
  const more = await log.append(upTo(2_100).slice(2_000).map(eventRecord));
  const stored = (): number =>
    [...first.reached(), ...second.reached()]
      .filter(({ topic }) => topic === "leadwire.funnel")
      .reduce((sum, { nextOffset }) => sum + nextOffset, 0);
  for (let waitedMs = 0; stored() < ends.length + more.length && waitedMs < 10_000; waitedMs += 20) await sleep(20);
  expect(await rows("SELECT count(), uniqExact(event_id) FROM leadwire_log.events FINAL")).toEqual([[2_100, 2_100]]);
});

test("a record of a derived topic whose schema is not known ends the sink loudly", async () => {
  const sink = await startSink();
  const failed = expect(sink.finished).rejects.toThrow(/derived record/);
  await log.append([record(facts, 0, Buffer.from([0, 0, 0, 0, 1, 2]))]);
  await failed;
  sinks = [];
  await expect(sink.stop()).rejects.toThrow(/derived record/);
});

test("stop stores what was read", async () => {
  const sink = await startSink({ ageMs: 60_000 });
  await log.append(upTo(20).map(eventRecord));
  await sleep(100);
  await sink.stop();
  sinks = [];
  expect(await rows("SELECT count() FROM leadwire.events")).toEqual([[20]]);
});
