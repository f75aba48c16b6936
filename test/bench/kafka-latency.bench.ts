import { setTimeout as sleep } from "node:timers/promises";
import { dayMs, metricsTopic, type SalesEvent } from "@leadwire/events";
import { type LogPosition, type LogRecord, RecordCursor } from "@leadwire/log";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { connectStore, generationDatabase, type Store } from "@leadwire/store";
import { decodeSlice, isHeartbeat, isLedger } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { demoHistory } from "leadwire";
import { startClusterRig } from "../e2e/cluster-rig.ts";
import { partitions, recordOf } from "./demo-log.ts";
import { LatencyMarks, percentile } from "./latency-marks.ts";
import { heading } from "./report.ts";

/**
 * From a durable acknowledgement to the metrics topic, and to SQL: `node test/bench/kafka-latency.bench.ts [SECONDS]`.
 * A real broker, processor and sink as processes of their own; the clock is that of this process alone. Only events that
 * certainly change a slice are timed: leads created.
 */
const seconds = Number(process.argv[2] ?? 20);
const history = 50_000;
const eventsPerSecond = 2_000;
const perAppend = 10;
const sqlPollMs = 50;

const events = function* (endMs: number): Generator<SalesEvent> {
  for (const { event } of demoHistory(7, endMs - 60 * dayMs, endMs, 4)) yield event;
};

/** Appends at the rate, and marks each lead's creation when it is acknowledged. */
const feed = async (
  log: KafkaLog,
  source: Iterator<SalesEvent>,
  marks: ReadonlyArray<LatencyMarks>,
): Promise<number> => {
  const startMs = performance.now();
  const open = new Set<Promise<void>>();
  let sent = 0;
  while (sent < seconds * eventsPerSecond) {
    const due = Math.min(((performance.now() - startMs) * eventsPerSecond) / 1000, seconds * eventsPerSecond);
    while (sent < due) {
      const batch: Array<LogRecord> = [];
      const leads: Array<number> = [];
      for (let n = 0; n < perAppend; n += 1) {
        const { value: event } = source.next() as { value: SalesEvent };
        if (event.type === "lead-created") leads.push(n);
        batch.push(recordOf(event));
      }
      sent += perAppend;
      const appended = log.append(batch).then((positions) => {
        const atMs = performance.now();
        for (const n of leads) {
          const { partition, offset } = positions[n] as LogPosition;
          for (const each of marks) each.add(partition, offset, atMs);
        }
        open.delete(appended);
      });
      open.add(appended);
    }
    await sleep(1);
  }
  await Promise.all(open);
  return (sent / (performance.now() - startMs)) * 1000;
};

/** The highest version of the funnel's slices in whole batches. */
const versionIn = (cursor: RecordCursor): number => {
  let version = -1;
  while (cursor.next()) {
    const { bytes, valueStart, valueEnd } = cursor;
    if (isHeartbeat(bytes, valueStart, valueEnd) || isLedger(bytes, valueStart, valueEnd)) continue;
    const slice = decodeSlice(bytes, valueStart, valueEnd);
    if (slice.origin === "funnel") version = Math.max(version, slice.version);
  }
  return version;
};

/** Follows a topic from its end; `reachedIn` answers up to which offset of the funnel what was read stands for. */
const follow = async (
  log: KafkaLog,
  topic: string,
  reachedIn: (cursor: RecordCursor) => number,
  marks: LatencyMarks,
  signal: AbortSignal,
): Promise<void> => {
  const places = Array.from({ length: partitions }, (_, partition) => ({ topic, partition, offset: 0 }));
  for (const place of places) place.offset = (await log.bounds(place)).end;
  const cursor = new RecordCursor();
  while (!signal.aborted) {
    if (!(await log.waitForData(places, 1_000, signal))) continue;
    for (const place of places) {
      const { bytes, nextOffset } = await log.read(place, place.offset, 512 * 1024);
      if (nextOffset === place.offset) continue;
      cursor.reset(bytes, place.offset);
      place.offset = nextOffset;
      marks.seen(place.partition, reachedIn(cursor), performance.now());
    }
  }
};

const lastOffset = (cursor: RecordCursor): number => {
  let offset = -1;
  while (cursor.next()) offset = cursor.offset;
  return offset;
};

/** Asks ClickHouse again and again how far each partition's slices of leads created are: every one of them changes these. */
const pollSql = async (store: Store, generation: string, marks: LatencyMarks, signal: AbortSignal): Promise<void> => {
  const sql = `SELECT partition, max(version) FROM ${generationDatabase(generation)}.slices
WHERE measure = 'leads_created' AND dimension = 'company' AND granularity = 'day' GROUP BY partition`;
  while (!signal.aborted) {
    const answer = await store.rows(sql)();
    const nowMs = performance.now();
    if (isLeft(answer)) throw new Error(answer.left.detail);
    for (const [partition, version] of answer.right) marks.seen(Number(partition), Number(version), nowMs);
    await sleep(sqlPollMs);
  }
};

const report = (what: string, { latenciesMs, unseen }: LatencyMarks): void => {
  const ms = [0.5, 0.99, 1].map((share) => percentile(latenciesMs, share).toFixed(1).padStart(10)).join("");
  process.stdout.write(`${what.padEnd(50)} ${String(latenciesMs.length).padStart(7)}${ms} ms, ${unseen} unseen\n`);
};

const rig = await startClusterRig();
const log = await openKafkaLog({ brokers: [rig.broker.bootstrap], clientId: "bench" });
try {
  await rig.start("processor");
  await rig.start("sink");
  const generation = (await log.topics()).map(({ name }) => /^leadwire\.metrics\.(.+)$/.exec(name)?.[1]).find(Boolean);
  if (generation === undefined) throw new Error("no generation was announced");
  const { address } = rig.clickHouse;
  const store = connectStore(address);
  const source = events(Date.now());
  const held = Array.from({ length: history }, () => recordOf((source.next() as { value: SalesEvent }).value));
  for (let from = 0; from < history; from += 10_000) await log.append(held.slice(from, from + 10_000));
  await sleep(5_000);
  const metrics = new LatencyMarks();
  const sql = new LatencyMarks();
  const floor = new LatencyMarks();
  const stopping = new AbortController();
  const { signal } = stopping;
  // Two readers that wait for data of their own each: one log's waits do not hold up another's.
  const readers = await Promise.all(
    [1, 2].map((n) => openKafkaLog({ brokers: [rig.broker.bootstrap], clientId: `bench-${n}` })),
  );
  const [first, second] = readers as [KafkaLog, KafkaLog];
  const followers = [
    follow(first, "leadwire.funnel", lastOffset, floor, signal),
    follow(second, metricsTopic(generation), versionIn, metrics, signal),
    pollSql(store, generation, sql, signal),
  ];
  const rate = await feed(log, source, [floor, metrics, sql]);
  await sleep(3_000);
  stopping.abort();
  await Promise.all(followers);
  for (const reader of readers) await reader.close();
  heading(`from the acknowledgement on, at ${Math.round(rate)} events/s:  n, p50, p99, max`);
  report("floor: the event itself, read by a follower", floor);
  report("metric on the metrics topic (p99 at most 30)", metrics);
  report("visible to SQL (p99 at most 1,000)", sql);
  await store.close();
} finally {
  await log.close();
  await rig.stopServices();
  await rig.dispose();
}
