import { describe, expect, test } from "vitest";
import { BatchBuilder, encodeBatch } from "../batch-builder.ts";
import { readBatchHeader } from "../record-batch.ts";
import { RecordCursor } from "../record-cursor.ts";
import { wholeBatches } from "./fetch.ts";
import { Lane } from "./lane.ts";
import { sequenceAfter, stampProduced } from "./producer-stamp.ts";

const batchesOf = (lane: Lane): Buffer[] => {
  const all: Buffer[] = [];
  for (let first = lane.first(); first !== undefined; first = lane.first()) {
    all.push(first.bytes);
    lane.shift();
  }
  return all;
};

const valuesOf = (bytes: Buffer): string[] => {
  const cursor = new RecordCursor();
  const values: string[] = [];
  stampProduced(bytes, { id: 7, epoch: 1 }, 0);
  cursor.reset(bytes, 0);
  while (cursor.next()) values.push(bytes.toString("utf8", cursor.valueStart, cursor.valueEnd));
  return values;
};

describe("a lane", () => {
  test("sends small appends that wait together as one batch, in order", () => {
    const lane = new Lane("t", 0);
    const batches = ["a", "b", "c"].map((value) => lane.add(null, Buffer.from(value), undefined));
    expect(new Set(batches).size).toBe(1);
    expect(batchesOf(lane).map(valuesOf)).toEqual([["a", "b", "c"]]);
    expect(lane.isEmpty).toBe(true);
  });

  test("adds nothing to a batch that is on its way", () => {
    const lane = new Lane("t", 0);
    lane.add(null, Buffer.from("a"), undefined);
    const sent = lane.first();
    lane.add(null, Buffer.from("b"), undefined);
    expect(lane.first()).toEqual(sent);
    expect(batchesOf(lane).map(valuesOf)).toEqual([["a"], ["b"]]);
  });

  test("keeps a batch made ahead between what came before and after it", () => {
    const lane = new Lane("t", 0);
    const builder = new BatchBuilder();
    builder.begin();
    builder.add(null, Buffer.from("made"));
    lane.add(null, Buffer.from("before"), undefined);
    lane.push(builder.finish(), 1);
    lane.add(null, Buffer.from("after"), undefined);
    expect(batchesOf(lane).map(valuesOf)).toEqual([["before"], ["made"], ["after"]]);
  });

  test("keeps batches below what Kafka takes by default, and a larger record alone", () => {
    const lane = new Lane("t", 0);
    for (let n = 0; n < 30; n += 1) lane.add(null, Buffer.alloc(100_000), undefined);
    lane.add(null, Buffer.alloc(3_000_000), undefined);
    lane.add(null, Buffer.from("small"), undefined);
    const batches = batchesOf(lane).map((bytes) => readBatchHeader(bytes));
    const large = batches.filter(({ batchBytes }) => batchBytes > 1_048_588);
    expect(large.map(({ recordCount }) => recordCount)).toEqual([1]);
    expect(batches.reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(32);
  });

  test("lets everyone hear of a refusal", async () => {
    const lane = new Lane("t", 0);
    const waiting = ["a", "b"].map((value) => lane.add(null, Buffer.from(value), undefined).written);
    lane.rejectAll(new Error("gone"));
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(lane.isEmpty).toBe(true);
  });
});

describe("a producer's stamp", () => {
  test("can be read, and is the same when it is made again", () => {
    const batch = encodeBatch([{ key: null, value: Buffer.from("v") }], 0, 5);
    stampProduced(batch, { id: 2 ** 40, epoch: 3 }, 17);
    const first = Buffer.from(batch);
    stampProduced(batch, { id: 2 ** 40, epoch: 3 }, 17);
    expect(batch).toEqual(first);
    expect(valuesOf(batch)).toEqual(["v"]);
  });

  test("wraps its sequence at 2^31, as brokers do", () => {
    expect(sequenceAfter(2 ** 31 - 1, 1)).toBe(0);
    expect(sequenceAfter(2 ** 31 - 3, 10)).toBe(7);
    expect(sequenceAfter(5, 10)).toBe(15);
  });
});

describe("what a broker sends", () => {
  const made = [0, 3, 6].map((base) =>
    encodeBatch(
      Array.from({ length: 3 }, (_, n) => ({ key: null, value: Buffer.from(`${base + n}`) })),
      base,
      1,
    ),
  );
  const all = Buffer.concat(made);

  test("is cut to whole batches, wherever it ends", () => {
    for (let bytes = 0; bytes <= all.length; bytes += 1) {
      const whole = wholeBatches(all.subarray(0, bytes), 0);
      const batches = Math.floor(bytes / (all.length / 3));
      expect([whole.bytes.length, whole.nextOffset]).toEqual([(batches * all.length) / 3, batches * 3]);
    }
  });

  test("never leads a reader back", () => {
    expect(wholeBatches(all.subarray(0, made[0]?.length), 100).nextOffset).toBe(100);
  });
});
