import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { controlTopic, decodeControl, eventTopics, factsTopic, metricsTopic } from "@leadwire/events";
import { type EmbeddedLog, openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { generationDatabase, logDatabase, readPositions, type Store } from "@leadwire/store";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createSink } from "./sink.ts";
import type { Sink } from "./sink-options.ts";
import { behind, eventRecord, factRecord, sliceRecord, upTo } from "./testing/sample-records.ts";

const facts = factsTopic(testGeneration);
const metrics = metricsTopic(testGeneration);
const retentionMs = 60_000;
let temporary: TemporaryStore;
let folder: string;
let log: EmbeddedLog;
let clockMs = 1_770_000_000_000;
let sinks: Sink[] = [];

beforeAll(async () => {
  temporary = await openTemporaryStore();
});
afterAll(() => temporary.dispose());
beforeEach(async () => {
  await temporary.truncate();
  folder = await mkdtemp(join(tmpdir(), "leadwire-sink-"));
  log = await openEmbeddedLog({ folder, nowMs: () => clockMs });
  await log.ensureTopics([
    ...eventTopics.map((name) => ({ name, partitions: 2 })),
    ...[facts, metrics].map((name) => ({ name, partitions: 2, retentionMs })),
    { name: controlTopic, partitions: 1 },
  ]);
});
afterEach(async () => {
  for (const sink of sinks) await sink.stop();
  sinks = [];
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sinks of different groups read the same partitions: as an owner does that does not know it is one no more. */
const startSink = async (group: string, store: Store): Promise<Sink> => {
  const sink = createSink({ log, store, generation: testGeneration, nowMs: () => performance.now(), ageMs: 20, group });
  sinks.push(sink);
  await sink.start();
  return sink;
};

/** A store whose statements wait while it is asleep: what a stopped process sees of its own requests. */
const sleepy = (store: Store) => {
  let awake = Promise.withResolvers<void>();
  awake.resolve();
  let waiting = 0;
  const gate = async (): Promise<void> => {
    waiting += 1;
    await awake.promise;
  };
  return {
    store: {
      ...store,
      insertNative: (table, columns, block, signal) => async () => {
        await gate();
        return store.insertNative(table, columns, block, signal)();
      },
    } satisfies Store,
    waiting: () => waiting,
    fallAsleep: () => {
      awake = Promise.withResolvers<void>();
      waiting = 0;
    },
    wakeUp: () => awake.resolve(),
  };
};

const rows = async (sql: string): Promise<string> => {
  const answer = await temporary.store.rows(sql)();
  if (isLeft(answer)) throw new Error(JSON.stringify(answer.left));
  return answer.right.join(" ");
};

const positions = async (): Promise<ReadonlyMap<string, number>> => {
  const noted = await Promise.all(
    [logDatabase, generationDatabase(testGeneration)].map((database) => readPositions(temporary.store, database)()),
  );
  return new Map(
    noted.flatMap((marks) =>
      isLeft(marks)
        ? []
        : marks.right.map(({ topic, partition, nextOffset }): [string, number] => [
            `${topic}-${partition}`,
            nextOffset,
          ]),
    ),
  );
};

const appendAll = (from: number, to: number) =>
  log.append(
    upTo(to)
      .slice(from)
      .flatMap((index) => [eventRecord(index), factRecord(index), sliceRecord(index % 2, index)]),
  );

const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 20) {
    if (await what()) return;
    await sleep(20);
  }
  throw new Error(`not so within 10 s: ${what}`);
};

test("a stale sink that wakes inserts its batch again: no view counts a row twice, no position goes back", async () => {
  const slow = sleepy(temporary.store);
  const stale = await startSink("stale", slow.store);
  await stale.stored(behind(await appendAll(0, 40)));
  slow.fallAsleep();
  const first = behind(await appendAll(40, 60));
  // It holds a batch with these rows, on its way.
  await until(() => slow.waiting() >= 3);
  const owner = await startSink("owner", temporary.store);
  await owner.stored(first);
  await owner.stored(behind(await appendAll(60, 100)));
  const before = await positions();
  const read = [
    "SELECT count(), uniqExact(event_id) FROM leadwire.events",
    "SELECT count() FROM leadwire.events_all",
    "SELECT count(), sum(version), max(version) FROM leadwire.facts",
    "SELECT count() FROM leadwire.fact_history",
    "SELECT sum(count) FROM leadwire.slices",
    "SELECT sum(count) FROM leadwire.metrics",
  ];
  const answers = await Promise.all(read.map(rows));
  expect(answers).toEqual(["100,100", "100", "100,4950,99", "100", "197", "197"]);
  slow.wakeUp();
  await until(() => stale.status().batches >= 2);
  expect(await Promise.all(read.map(rows))).toEqual(answers);
  const after = await positions();
  for (const [partition, next] of before) expect(after.get(partition), partition).toBeGreaterThanOrEqual(next);
});

test("a stale sink writes its older marks, and a new sink goes on from the newest", async () => {
  const slow = sleepy(temporary.store);
  const stale = await startSink("stale", slow.store);
  slow.fallAsleep();
  await appendAll(0, 10);
  await until(() => slow.waiting() >= 1);
  const owner = await startSink("owner", temporary.store);
  await owner.stored(behind(await appendAll(10, 50)));
  await owner.stop();
  sinks = [stale];
  slow.wakeUp();
  await until(() => stale.status().batches >= 1);
  const next = await startSink("next", temporary.store);
  const funnel = next.reached().filter(({ topic }) => topic === "leadwire.funnel");
  expect(funnel.map(({ nextOffset }) => nextOffset)).toEqual([25, 25]);
});

const requests = async () => {
  const chunk = await log.read({ topic: controlTopic, partition: 0 }, 0, 1_000_000);
  const cursor = new RecordCursor();
  cursor.reset(chunk.bytes, 0);
  const found: unknown[] = [];
  while (cursor.next()) {
    const decoded = decodeControl(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
    found.push(isLeft(decoded) ? decoded : decoded.right.record);
  }
  return found;
};

test("asks for what retention took before it was stored, once per partition, and goes on", async () => {
  const first = await startSink("sink", temporary.store);
  await first.stored(behind(await appendAll(0, 10)));
  await first.stop();
  sinks = [];
  await appendAll(10, 20);
  await appendAll(20, 30);
  clockMs += 2 * retentionMs;
  const last = await appendAll(30, 40);
  expect(await log.expire(clockMs)).toBeGreaterThan(0);
  const second = await startSink("sink", temporary.store);
  await second.stored(behind(last));
  const of = (partition: number, scope: string) => ({
    generation: testGeneration,
    partition,
    scope,
    requested_by: "sink",
  });
  const asked = await requests();
  expect(asked).toHaveLength(4);
  expect(asked).toEqual(expect.arrayContaining([of(0, "facts"), of(1, "facts"), of(0, "slices"), of(1, "slices")]));
  expect(second.counts().expired).toBeGreaterThan(0);
  expect(second.status().restatesRequested).toBe(4);
  await second.stored(behind(await appendAll(40, 50)));
  expect(await requests()).toHaveLength(4);
});
