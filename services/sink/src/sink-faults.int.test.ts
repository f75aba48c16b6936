import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventTopics, factsTopic, metricsTopic } from "@leadwire/events";
import { type EmbeddedLog, type LogPosition, openEmbeddedLog } from "@leadwire/log";
import { connectStore, type Store } from "@leadwire/store";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createSink } from "./sink.ts";
import type { Sink } from "./sink-options.ts";
import { type FaultyProxy, type ProxyMode, startFaultyProxy } from "./testing/faulty-proxy.ts";
import { behind, eventRecord, factRecord, sliceRecord, upTo } from "./testing/sample-records.ts";

const requestTimeoutMs = 400;
let temporary: TemporaryStore;
let proxy: FaultyProxy;
let store: Store;
let folder: string;
let log: EmbeddedLog;
let sink: Sink | undefined;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  proxy = await startFaultyProxy(temporary.address.url);
  store = connectStore({ ...temporary.address, url: proxy.url, requestTimeoutMs });
});
afterAll(async () => {
  await store.close();
  await proxy.close();
  await temporary.dispose();
});
beforeEach(async () => {
  await temporary.truncate();
  proxy.mode = { _tag: "Pass" };
  proxy.refused = 0;
  folder = await mkdtemp(join(tmpdir(), "leadwire-sink-"));
  log = await openEmbeddedLog({ folder, nowMs: Date.now });
  const topics = [...eventTopics, factsTopic(testGeneration), metricsTopic(testGeneration)];
  await log.ensureTopics(topics.map((name) => ({ name, partitions: 2 })));
});
afterEach(async () => {
  proxy.mode = { _tag: "Pass" };
  await sink?.stop();
  sink = undefined;
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

const startSink = async (more: Partial<Parameters<typeof createSink>[0]> = {}): Promise<Sink> => {
  sink = createSink({ log, store, generation: testGeneration, nowMs: () => performance.now(), ageMs: 20, ...more });
  await sink.start();
  return sink;
};

const rows = async (sql: string): Promise<string> => {
  const answer = await temporary.store.rows(sql)();
  if (isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right.join();
};

const appendAll = async (from: number, count: number): Promise<ReadonlyArray<LogPosition>> => {
  const indexes = upTo(count).map((index) => from + index);
  return log.append(indexes.flatMap((index) => [eventRecord(index), factRecord(index), sliceRecord(0, index)]));
};

const until = async (what: () => boolean): Promise<void> => {
  for (let waitedMs = 0; !what() && waitedMs < 10_000; waitedMs += 20) await sleep(20);
  expect(what()).toBe(true);
};

const faults: ReadonlyArray<readonly [string, ProxyMode]> = [
  ["cuts connections", { _tag: "Cut" }],
  ["never answers", { _tag: "Stall" }],
  ["does it and loses the answer", { _tag: "LoseAnswer" }],
  ["has too many parts", { _tag: "Refuse", code: 252, name: "TOO_MANY_PARTS" }],
  ["is read-only", { _tag: "Refuse", code: 242, name: "TABLE_IS_READ_ONLY" }],
  ["has a read-only user", { _tag: "Refuse", code: 164, name: "READONLY" }],
  ["has a full disk", { _tag: "Refuse", code: 243, name: "NOT_ENOUGH_SPACE" }],
  ["has no memory", { _tag: "Refuse", code: 241, name: "MEMORY_LIMIT_EXCEEDED" }],
];

test.each(faults)("a ClickHouse that %s is waited for, and nothing is lost or doubled", async (_name, mode) => {
  const running = await startSink();
  await running.stored(behind(await appendAll(0, 50)));
  proxy.mode = mode;
  const ends = behind(await appendAll(50, 50));
  await until(() => proxy.refused >= 3 && running.status().waiting !== undefined);
  expect(running.status()).toMatchObject({ ready: false, partitions: 12 });
  proxy.mode = { _tag: "Pass" };
  await running.stored(ends);
  expect(await rows("SELECT count(), uniqExact(event_id) FROM leadwire.events")).toBe("100,100");
  expect(await rows("SELECT count(), max(version) FROM leadwire.facts")).toBe("100,99");
  expect(await rows("SELECT count FROM leadwire.slices")).toBe("99");
  await until(() => running.status().ready);
  expect(running.status().waiting).toBeUndefined();
});

test("a statement that ClickHouse refuses for good ends the sink with its words", async () => {
  const running = await startSink();
  const failed = expect(running.finished).rejects.toThrow(/NO_SUCH_COLUMN_IN_TABLE, code 16/);
  proxy.mode = { _tag: "Refuse", code: 16, name: "NO_SUCH_COLUMN_IN_TABLE" };
  await appendAll(0, 1);
  await failed;
  sink = undefined;
  await expect(running.stop()).rejects.toThrow(/NO_SUCH_COLUMN/);
});

test("while ClickHouse is away two batches wait in memory, however much comes", async () => {
  let bytesRead = 0;
  const read = log.read.bind(log);
  vi.spyOn(log, "read").mockImplementation(async (partition, from, maxBytes) => {
    const chunk = await read(partition, from, maxBytes);
    if (chunk.nextOffset > from) bytesRead += chunk.bytes.length;
    return chunk;
  });
  const running = await startSink({ bytesMax: 100_000 });
  proxy.mode = { _tag: "Cut" };
  let ends: ReadonlyArray<LogPosition> = [];
  for (const round of upTo(40)) ends = behind(await appendAll(round * 500, 500));
  await until(() => running.status().waiting !== undefined);
  await sleep(300);
  const held = bytesRead;
  // Each batch may be one chunk over its bound: a chunk of one partition is read as a whole.
  expect(held).toBeLessThan(2 * (100_000 + 600_000));
  await sleep(300);
  expect(bytesRead).toBe(held);
  await until(() => running.status().lagRecords === 60_000);
  expect(running.status().lagSeconds).toBeGreaterThan(0);
  proxy.mode = { _tag: "Pass" };
  await running.stored(ends);
  expect(await rows("SELECT count(), uniqExact(event_id) FROM leadwire.events")).toBe("20000,20000");
  expect(bytesRead).toBeGreaterThan(held);
});

test("a sink that ClickHouse does not answer gives its partitions away all the same, and comes back without doubles", async () => {
  const running = await startSink();
  await running.stored(behind(await appendAll(0, 10)));
  proxy.mode = { _tag: "Cut" };
  await appendAll(10, 20);
  await until(() => running.status().waiting !== undefined);
  const other = createSink({
    log,
    store: temporary.store,
    generation: testGeneration,
    nowMs: () => performance.now(),
    ageMs: 20,
  });
  await other.start();
  expect(other.status().partitions).toBe(6);
  const ends = behind(await appendAll(30, 10)).filter(({ topic, partition }) =>
    other.reached().some((position) => position.topic === topic && position.partition === partition),
  );
  await other.stored(ends);
  proxy.mode = { _tag: "Pass" };
  for (
    let waitedMs = 0;
    waitedMs < 10_000 && (await rows("SELECT count() FROM leadwire.facts")) !== "40";
    waitedMs += 50
  )
    await sleep(50);
  expect(await rows("SELECT count(), uniqExact(event_id) FROM leadwire.events")).toBe("40,40");
  expect(await rows("SELECT count(), max(version) FROM leadwire.facts")).toBe("40,39");
  await other.stop();
});

test("stop does not wait for an answer that never comes", async () => {
  const running = await startSink();
  await running.stored(behind(await appendAll(0, 5)));
  proxy.mode = { _tag: "Stall" };
  await appendAll(5, 5);
  await until(() => proxy.refused > 0);
  const before = performance.now();
  await running.stop();
  sink = undefined;
  expect(performance.now() - before).toBeLessThan(2 * requestTimeoutMs + 1_000);
  proxy.mode = { _tag: "Pass" };
  const next = await startSink();
  await next.stored([0, 1].map((partition) => ({ topic: "leadwire.funnel", partition, offset: 5 })));
  expect(await rows("SELECT count() FROM leadwire.events")).toBe("10");
});
