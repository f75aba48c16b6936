import { describe, expect, test } from "vitest";
import { BatchBuilder } from "../batch-builder.ts";
import type { LogRecord } from "../event-log.ts";
import { partitionOf } from "../partition-of.ts";
import { type ContractContext, readRecords } from "./log-under-test.ts";

const text = (value: string): Buffer => Buffer.from(value);

export const appendContract = ({ under, freshTopic }: ContractContext): void => {
  describe("append", () => {
    test("keeps the order of each key over appends in flight together", async () => {
      const topic = await freshTopic(4);
      const keys = Array.from({ length: 20 }, (_, index) => `lead-${index}`);
      const calls = Array.from({ length: 30 }, (_, call) =>
        keys.map((key): LogRecord => ({ topic, key: text(key), value: text(`${key}:${call}`) })),
      );
      await Promise.all(calls.map((records) => under().log.append(records)));
      const seen = new Map<string, number[]>();
      for (let partition = 0; partition < 4; partition += 1) {
        for (const { key, value } of await readRecords(under().log, { topic, partition }, 0)) {
          expect(partitionOf(text(key ?? ""), 4)).toBe(partition);
          seen.set(key ?? "", [...(seen.get(key ?? "") ?? []), Number(value.split(":")[1])]);
        }
      }
      expect(seen).toEqual(
        new Map(keys.map((key) => [key, calls.map((_, call) => call)]).sort() as [string, number[]][]),
      );
    });

    test("answers with the position of every record, in the order given", async () => {
      const topic = await freshTopic(3);
      const records = Array.from(
        { length: 100 },
        (_, n): LogRecord => ({ topic, key: text(`k${n % 7}`), value: text(`v${n}`) }),
      );
      const positions = await under().log.append(records);
      expect(positions).toHaveLength(100);
      const read = await Promise.all([0, 1, 2].map((partition) => readRecords(under().log, { topic, partition }, 0)));
      positions.forEach(({ partition, offset }, n) => {
        expect(read[partition]?.find((record) => record.offset === offset)?.value).toBe(`v${n}`);
      });
    });

    test("puts a record on the partition it names, whatever its key", async () => {
      const topic = await freshTopic(5);
      const positions = await under().log.append(
        [3, 0, 3].map((partition) => ({ topic, partition, key: text("same"), value: text("v") })),
      );
      expect(positions.map(({ partition }) => partition)).toEqual([3, 0, 3]);
    });

    test("keeps acknowledged records over a restart, and goes on behind them", async () => {
      const topic = await freshTopic(1);
      const [first] = await under().log.append([{ topic, key: text("a"), value: text("before") }]);
      const reopened = await under().reopen();
      const [second] = await reopened.append([{ topic, key: text("a"), value: text("after") }]);
      expect(second?.offset).toBeGreaterThan(first?.offset ?? Number.NaN);
      const records = await readRecords(reopened, { topic, partition: 0 }, 0);
      expect(records.map(({ value }) => value)).toEqual(["before", "after"]);
    });

    test("keeps null keys, empty keys and empty values apart", async () => {
      const topic = await freshTopic(1);
      await under().log.append([
        { topic, key: null, value: text("") },
        { topic, key: text(""), value: text("x") },
      ]);
      const records = await readRecords(under().log, { topic, partition: 0 }, 0);
      expect(records.map(({ key, value }) => [key, value])).toEqual([
        [null, ""],
        ["", "x"],
      ]);
    });

    test("takes a record of 10 MB among small ones", async () => {
      const topic = await freshTopic(1);
      const large = Buffer.alloc(10 * 1_048_576, "0123456789abcdef");
      await under().log.append([
        { topic, key: text("a"), value: text("small") },
        { topic, key: text("a"), value: large },
        { topic, key: text("a"), value: text("after") },
      ]);
      const values = (await readRecords(under().log, { topic, partition: 0 }, 0)).map(({ value }) => value);
      expect([values.length, values[0], values[1] === large.toString(), values[2]]).toEqual([
        3,
        "small",
        true,
        "after",
      ]);
    });

    test("never lets append time go back within a partition", async () => {
      const topic = await freshTopic(1);
      for (let n = 0; n < 5; n += 1) await under().log.append([{ topic, key: text("a"), value: text(`${n}`) }]);
      const times = (await readRecords(under().log, { topic, partition: 0 }, 0)).map(
        ({ appendTimeMs }) => appendTimeMs,
      );
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times[0]).toBeGreaterThan(0);
    });

    test("takes batches made ahead and answers with their first positions", async () => {
      const topic = await freshTopic(2);
      const builder = new BatchBuilder();
      const made = [0, 1, 1].map((partition, index) => {
        builder.begin();
        for (let n = 0; n < 3; n += 1) builder.add(text("k"), text(`${index}:${n}`));
        return { topic, partition, batch: builder.finish(), count: builder.count };
      });
      const positions = await under().log.appendBatches(made);
      const values = await Promise.all([0, 1].map((partition) => readRecords(under().log, { topic, partition }, 0)));
      expect(values.map((records) => records.map(({ value }) => value))).toEqual([
        ["0:0", "0:1", "0:2"],
        ["1:0", "1:1", "1:2", "2:0", "2:1", "2:2"],
      ]);
      expect(positions).toEqual([
        { topic, partition: 0, offset: values[0]?.[0]?.offset },
        { topic, partition: 1, offset: values[1]?.[0]?.offset },
        { topic, partition: 1, offset: values[1]?.[3]?.offset },
      ]);
    });

    test("appends nothing when nothing is given", async () => {
      expect(await under().log.append([])).toEqual([]);
    });

    test("refuses an append to an unknown topic whole", async () => {
      const topic = await freshTopic(1);
      const records = [topic, "contract-nowhere"].map((each) => ({ topic: each, key: text("a"), value: text("v") }));
      await expect(under().log.append(records)).rejects.toMatchObject({ _tag: "UnknownTopic" });
      expect(await readRecords(under().log, { topic, partition: 0 }, 0)).toEqual([]);
    });
  });
};
