/**
 * What a durable append and a read cost, beside their floors in the same run: the same bytes written to a plain file
 * with fdatasync, and put into LMDB as one ready buffer. Run: node packages/log/src/embedded/append.bench.ts
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchBuilder } from "../batch-builder.ts";
import type { LogRecord } from "../event-log.ts";
import { stampBatch } from "../record-batch.ts";
import { RecordCursor } from "../record-cursor.ts";
import { openEmbeddedLog } from "./embedded-log.ts";
import { openStore } from "./lmdb-store.ts";

const batchRecords = 1000;
const partitions = 12;
const topic = "bench";

interface Figure {
  readonly name: string;
  readonly events: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const measure = async (name: string, events: number, work: () => Promise<void> | void): Promise<Figure> => {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  await work();
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { name, events, seconds, cpuSeconds: (user + system) / 1e6 };
};

/** Records of 100 to 200 bytes with 20-byte keys. */
const recordsOf = (call: number): LogRecord[] =>
  Array.from({ length: batchRecords }, (_, index) => ({
    topic,
    partition: call % partitions,
    key: Buffer.from(`lead-${String(call * batchRecords + index).padStart(15, "0")}`),
    value: Buffer.alloc(100 + ((index * 37) % 101), index & 0xff),
  }));

const batchOf = (records: ReadonlyArray<LogRecord>): Buffer => {
  const builder = new BatchBuilder();
  for (const record of records) builder.add(record.key, record.value);
  const batch = builder.finish();
  stampBatch(batch, 0, 0);
  return batch;
};

/** `calls` appends with at most `inFlight` of them unacknowledged. */
const appendAll = async (
  calls: number,
  inFlight: number,
  append: (call: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < calls) await append(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
};

const floors = async (folder: string, calls: number, batches: ReadonlyArray<Buffer>): Promise<Figure[]> => {
  const events = calls * batchRecords;
  const file = openSync(join(folder, "floor"), "w");
  const plain = await measure("floor: file, fdatasync per batch", events, () => {
    for (let call = 0; call < calls; call += 1) {
      writeSync(file, batches[call % batches.length] ?? Buffer.alloc(0));
      fdatasyncSync(file);
    }
  });
  closeSync(file);
  const store = openStore(join(folder, "floor-lmdb"));
  const key = Buffer.alloc(8);
  const raw = await measure("floor: lmdb put of one buffer, durable each", events, async () => {
    for (let call = 0; call < calls; call += 1) {
      key.writeUInt32BE(call, 0);
      const batch = batches[call % batches.length] ?? Buffer.alloc(0);
      await store.transaction(() => store.batches.put(key, batch));
    }
  });
  await store.close();
  return [plain, raw];
};

const readAll = async (log: Awaited<ReturnType<typeof openEmbeddedLog>>): Promise<number> => {
  const cursor = new RecordCursor();
  let records = 0;
  for (let partition = 0; partition < partitions; partition += 1) {
    let offset = 0;
    for (;;) {
      const { bytes, nextOffset } = await log.read({ topic, partition }, offset, 1_048_576);
      if (nextOffset === offset) break;
      cursor.reset(bytes, offset);
      while (cursor.next()) records += 1;
      offset = nextOffset;
    }
  }
  return records;
};

/** Runs everything in a fresh temporary folder. */
export const benchEmbeddedLog = async (calls = 300): Promise<ReadonlyArray<Figure>> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-bench-"));
  const inputs = Array.from({ length: 50 }, (_, call) => recordsOf(call));
  const batches = inputs.map(batchOf);
  const input = (call: number): LogRecord[] => inputs[call % inputs.length] ?? [];
  const events = calls * batchRecords;
  const figures = await floors(folder, calls, batches);
  const log = await openEmbeddedLog({
    folder: join(folder, "log"),
    nowMs: () => performance.timeOrigin + performance.now(),
  });
  await log.ensureTopics([{ name: topic, partitions }]);
  await appendAll(20, 4, (call) => log.append(input(call)));
  figures.push(
    await measure("append 1,000 per call, one at a time", events, () =>
      appendAll(calls, 1, (n) => log.append(input(n))),
    ),
    await measure("append 1,000 per call, 16 in flight", events, () =>
      appendAll(calls, 16, (n) => log.append(input(n))),
    ),
    await measure("appendBatches of 1,000, 16 in flight", events, () =>
      appendAll(calls, 16, (n) =>
        log.appendBatches([
          {
            topic,
            partition: n % partitions,
            batch: batches[n % batches.length] ?? Buffer.alloc(0),
            count: batchRecords,
          },
        ]),
      ),
    ),
    await measure("append 1 per call, 256 in flight", 20_000, () =>
      appendAll(20_000, 256, (n) => log.append(input(0).slice(n % 1000, (n % 1000) + 1))),
    ),
  );
  let records = 0;
  const read = await measure("read and walk, checksums verified", 3 * events, async () => {
    records = await readAll(log);
  });
  figures.push({ ...read, events: records });
  await log.close();
  rmSync(folder, { recursive: true, force: true });
  return figures;
};

if (import.meta.main) {
  for (const { name, events, seconds, cpuSeconds } of await benchEmbeddedLog()) {
    const perSecond = Math.round(events / seconds).toLocaleString("en");
    console.log(
      `${name.padEnd(46)}${perSecond.padStart(12)} events/s${((cpuSeconds / events) * 1e6).toFixed(2).padStart(8)} µs CPU/event`,
    );
  }
}
