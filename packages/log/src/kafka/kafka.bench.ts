/**
 * What an append and a read cost this process on a real broker, beside what kafkajs takes for the same records in the
 * same run. Run: node packages/log/src/kafka/kafka.bench.ts (a broker is started unless LEADWIRE_KAFKA names one)
 */
import kafkajs from "kafkajs";
import { startBroker } from "../../../../infra/kafka/kafka-for-tests.ts";
import { BatchBuilder } from "../batch-builder.ts";
import type { LogRecord, PrebuiltBatch } from "../event-log.ts";
import { RecordCursor } from "../record-cursor.ts";
import { type KafkaLog, openKafkaLog } from "./kafka-log.ts";

const batchRecords = 1_000;
const partitions = 12;
const chunkBytes = 524_288;

interface Figure {
  readonly name: string;
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const measure = async (name: string, events: number, work: () => Promise<unknown>): Promise<Figure> => {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  await work();
  const seconds = (performance.now() - startMs) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { name, events, seconds, cpuSeconds: (user + system) / 1e6 };
};

/** Records of 100 bytes with 20-byte keys, 1,000 for one partition. */
const recordsOf = (topic: string, call: number): LogRecord[] =>
  Array.from({ length: batchRecords }, (_, index) => ({
    topic,
    partition: call % partitions,
    key: Buffer.from(`lead-${String(call * batchRecords + index).padStart(15, "0")}`),
    value: Buffer.alloc(100, index & 0xff),
  }));

const batchOf = (topic: string, call: number): PrebuiltBatch => {
  const builder = new BatchBuilder();
  builder.begin();
  for (const { key, value } of recordsOf(topic, call)) builder.add(key, value);
  return { topic, partition: call % partitions, batch: builder.finish(), count: batchRecords };
};

const inFlight = async (calls: number, width: number, call: (index: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < calls) await call(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
};

const readAll = async (log: KafkaLog, topic: string, walk: boolean): Promise<number> => {
  const cursor = new RecordCursor();
  let records = 0;
  for (let partition = 0; partition < partitions; partition += 1) {
    for (let offset = 0; ; ) {
      const { bytes, nextOffset } = await log.read({ topic, partition }, offset, chunkBytes);
      if (nextOffset === offset) break;
      if (walk) {
        cursor.reset(bytes, offset);
        while (cursor.next()) records += 1;
      } else records += nextOffset - offset;
      offset = nextOffset;
    }
  }
  return records;
};

const kafkajsFloors = async (bootstrap: string, topic: string, calls: number, events: number): Promise<Figure[]> => {
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], clientId: "bench", logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 5 });
  await producer.connect();
  const messages = recordsOf(topic, 0).map(({ key, value }) => ({
    key: key && Buffer.from(key),
    value: Buffer.from(value),
  }));
  const send = (call: number): Promise<unknown> =>
    producer.send({ topic, acks: -1, messages: messages.map((each) => ({ ...each, partition: call % partitions })) });
  await inFlight(20, 4, send);
  const produced = await measure("kafkajs produce, 1,000 per call, 4 in flight", calls * batchRecords, () =>
    inFlight(calls, 4, send),
  );
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: `bench-${topic}`, maxBytesPerPartition: chunkBytes });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let seen = 0;
  const consumed = await measure("kafkajs eachBatch that only counts", events, async () => {
    await new Promise<void>((resolve) => {
      const eachBatch = async ({ batch }: kafkajs.EachBatchPayload): Promise<void> => {
        seen += batch.messages.length;
        if (seen >= events) resolve();
      };
      void consumer.run({ autoCommit: false, eachBatch });
    });
  });
  await consumer.disconnect();
  return [produced, consumed];
};

/** Runs everything on fresh topics. `calls` of 1,000 records each. */
export const benchKafkaLog = async (calls = 600): Promise<ReadonlyArray<Figure>> => {
  const broker = await startBroker();
  const log = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "bench" });
  const run = process.pid;
  const topics = { ours: `bench-ours-${run}`, floor: `bench-floor-${run}` };
  await log.ensureTopics(Object.values(topics).map((name) => ({ name, partitions, retentionMs: 3_600_000 })));
  const inputs = Array.from({ length: 24 }, (_, call) => recordsOf(topics.ours, call));
  const batches = Array.from({ length: calls }, (_, call) => batchOf(topics.ours, call));
  const input = (call: number): LogRecord[] => inputs[call % inputs.length] ?? [];
  const events = calls * batchRecords;
  await inFlight(40, 4, (call) => log.append(input(call)));
  const figures = [
    await measure("append, 1,000 per call, one at a time", events, () =>
      inFlight(calls, 1, (n) => log.append(input(n))),
    ),
    await measure("append, 1,000 per call, 16 in flight", events, () =>
      inFlight(calls, 16, (n) => log.append(input(n))),
    ),
    await measure("append, 1 per call, 256 in flight", 50_000, () =>
      inFlight(50_000, 256, (n) => log.append(input(n).slice(n % batchRecords, (n % batchRecords) + 1))),
    ),
    await measure("appendBatches of 1,000, 16 in flight", events, () =>
      inFlight(calls, 16, (n) => log.appendBatches(batches.slice(n, n + 1))),
    ),
  ];
  await readAll(log, topics.ours, true);
  let read = 0;
  const raw = await measure("read, batches only", 1, async () => {
    read = await readAll(log, topics.ours, false);
  });
  const walked = await measure("read and walk, checksums verified", 1, () => readAll(log, topics.ours, true));
  figures.push({ ...raw, events: read }, { ...walked, events: read });
  figures.push(
    ...(await kafkajsFloors(broker.bootstrap, topics.floor, Math.ceil(calls / 3), (calls / 3) * batchRecords)),
  );
  await log.close();
  await broker.stop();
  return figures;
};

if (import.meta.main) {
  for (const { name, events, seconds, cpuSeconds } of await benchKafkaLog()) {
    const perSecond = Math.round(events / seconds).toLocaleString("en");
    const perEvent = ((cpuSeconds / events) * 1e6).toFixed(2);
    console.log(`${name.padEnd(46)}${perSecond.padStart(12)} events/s${perEvent.padStart(8)} µs CPU/event`);
  }
}
