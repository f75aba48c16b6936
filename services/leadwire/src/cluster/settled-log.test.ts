import { derivedRegistry, type SchemaRegistry, writeFrame } from "@leadwire/events";
import { type EventLog, encodeBatch, RecordCursor } from "@leadwire/log";
import { expect, test } from "vitest";
import { settledLog } from "./settled-log.ts";

const funnel = { topic: "leadwire.funnel", partition: 0 };
const known = derivedRegistry.idOf("spend");

/** Knows the derived ids; any other is learnt when `answer` is called. */
const slowRegistry = () => {
  const settled = new Set<number>();
  const asked: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const registry: SchemaRegistry = {
    ...derivedRegistry,
    isSettled: (id) => settled.has(id) || derivedRegistry.byId(id) !== undefined,
    learn: async (id) => {
      asked.push(id);
      await promise;
      settled.add(id);
    },
  };
  return { registry, asked, answer: resolve };
};

/** A log of one partition: these batches of records with these schema ids (-1: no frame). */
const logOf = (...batches: ReadonlyArray<ReadonlyArray<number>>): EventLog => {
  let end = 0;
  const bytes = Buffer.concat(
    batches.map((ids) => {
      const records = ids.map((id) => {
        const value = Buffer.alloc(6, 0xff);
        if (id >= 0) writeFrame(value, id);
        return { key: null, value };
      });
      const batch = encodeBatch(records, end, 1);
      end += ids.length;
      return batch;
    }),
  );
  const never = async (): Promise<never> => {
    throw new Error("not asked for");
  };
  return {
    ensureTopics: never,
    topics: never,
    append: never,
    appendBatches: never,
    bounds: never,
    boundsOf: never,
    join: never,
    close: async () => undefined,
    read: async () => ({ bytes, nextOffset: end, endOffset: end }),
    waitForData: async () => true,
  };
};

const offsetsOf = (bytes: Buffer, from: number): ReadonlyArray<number> => {
  const cursor = new RecordCursor();
  const offsets: number[] = [];
  cursor.reset(bytes, from);
  while (cursor.next()) offsets.push(cursor.offset);
  return offsets;
};

test("without a registry server the log is the same one", () => {
  const log = logOf([known]);
  expect(settledLog(log, derivedRegistry)).toBe(log);
});

test("a chunk ends before the batch with an id that nobody asked about, and goes on once the answer is there", async () => {
  const { registry, asked, answer } = slowRegistry();
  const log = settledLog(logOf([known, known], [known, -1, 77], [known]), registry);
  const first = await log.read(funnel, 0, 1_000);
  expect([offsetsOf(first.bytes, 0), first.nextOffset, first.endOffset]).toEqual([[0, 1], 2, 6]);
  expect(asked).toEqual([77]);
  const second = await log.read(funnel, 3, 1_000);
  expect([second.bytes.length > 0, second.nextOffset]).toEqual([true, 3]);
  expect(offsetsOf(second.bytes, 3)).toEqual([]);
  answer();
  expect(await log.waitForData([{ ...funnel, offset: 2 }], 1_000)).toBe(true);
  expect((await log.read(funnel, 2, 1_000)).nextOffset).toBe(6);
});

test("whoever waits for a held partition sleeps until its time is up", async () => {
  const { registry } = slowRegistry();
  const log = settledLog(logOf([77]), registry);
  expect((await log.read(funnel, 0, 1_000)).nextOffset).toBe(0);
  expect(await log.waitForData([{ ...funnel, offset: 0 }], 30)).toBe(false);
  const stop = new AbortController();
  const waiting = log.waitForData([{ ...funnel, offset: 0 }], 60_000, stop.signal);
  stop.abort();
  expect(await waiting).toBe(false);
});

test("other partitions wake their readers meanwhile, and other topics are never held", async () => {
  const { registry, asked } = slowRegistry();
  const log = settledLog(logOf([77]), registry);
  await log.read(funnel, 0, 1_000);
  const positions = [
    { ...funnel, offset: 0 },
    { ...funnel, partition: 1, offset: 0 },
  ];
  expect(await log.waitForData(positions, 1_000)).toBe(true);
  expect((await log.read({ topic: "leadwire.metrics.g", partition: 0 }, 0, 1_000)).nextOffset).toBe(1);
  expect(new Set(asked)).toEqual(new Set([77]));
});
