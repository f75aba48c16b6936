import { describe, expect, test } from "vitest";
import { RecordCursor } from "../record-cursor.ts";
import { type ContractContext, readRecords } from "./log-under-test.ts";

const text = (value: string): Buffer => Buffer.from(value);

export const readContract = ({ under, freshTopic }: ContractContext): void => {
  const fill = async (topic: string, calls: number, each: number): Promise<void> => {
    for (let call = 0; call < calls; call += 1) {
      await under().log.append(
        Array.from({ length: each }, (_, n) => ({
          topic,
          partition: 0,
          key: text("k"),
          value: text(`${call * each + n}`),
        })),
      );
    }
  };

  describe("read", () => {
    test("shows every later record once, in order, from any position", async () => {
      const topic = await freshTopic(1);
      await fill(topic, 6, 5);
      const all = await readRecords(under().log, { topic, partition: 0 }, 0);
      expect(all.map(({ value }) => Number(value))).toEqual(Array.from({ length: 30 }, (_, n) => n));
      for (const [index, { offset }] of all.entries()) {
        for (const maxBytes of [1, 200, 1_000_000]) {
          expect(await readRecords(under().log, { topic, partition: 0 }, offset, maxBytes)).toEqual(all.slice(index));
        }
      }
    });

    test("gives at least one batch, and about as many bytes as asked for", async () => {
      const topic = await freshTopic(1);
      await fill(topic, 50, 10);
      const one = await under().log.read({ topic, partition: 0 }, 0, 1);
      expect(one.nextOffset).toBeGreaterThan(0);
      const some = await under().log.read({ topic, partition: 0 }, 0, 5 * one.bytes.length);
      expect(some.bytes.length).toBeLessThan(20 * one.bytes.length);
      expect(some.nextOffset).toBeLessThan(some.endOffset);
    });

    test("stays where it is at the end, and goes on when there is more", async () => {
      const topic = await freshTopic(1);
      await fill(topic, 1, 3);
      const { end } = await under().log.bounds({ topic, partition: 0 });
      const idle = await under().log.read({ topic, partition: 0 }, end, 1000);
      expect([idle.bytes.length, idle.nextOffset, idle.endOffset]).toEqual([0, end, end]);
      await fill(topic, 1, 1);
      expect(await readRecords(under().log, { topic, partition: 0 }, end)).toHaveLength(1);
    });

    test("shows a record to readers as soon as its append is acknowledged", async () => {
      const topic = await freshTopic(1);
      for (let n = 0; n < 50; n += 1) {
        const [position] = await under().log.append([{ topic, partition: 0, key: null, value: text(`${n}`) }]);
        const records = await readRecords(under().log, { topic, partition: 0 }, position?.offset ?? 0);
        expect(records.map(({ value }) => value)).toEqual([`${n}`]);
      }
    });

    test("keeps headers, in any script, and their absence", async () => {
      const topic = await freshTopic(1);
      await under().log.append([
        { topic, key: null, value: text("a"), headers: { from: "leadwire.funnel-3@17", name: "陳 Łódź", none: "" } },
        { topic, key: null, value: text("b") },
      ]);
      const cursor = new RecordCursor();
      cursor.reset((await under().log.read({ topic, partition: 0 }, 0, 1)).bytes, 0);
      cursor.next();
      expect(["from", "name", "none", "other"].map((name) => cursor.header(name))).toEqual([
        "leadwire.funnel-3@17",
        "陳 Łódź",
        "",
        undefined,
      ]);
      cursor.next();
      expect([cursor.headerCount, cursor.header("from")]).toEqual([0, undefined]);
    });

    test("knows the bounds of an empty partition", async () => {
      const topic = await freshTopic(1);
      expect(await under().log.bounds({ topic, partition: 0 })).toEqual({ start: 0, end: 0 });
      expect(await readRecords(under().log, { topic, partition: 0 }, 0)).toEqual([]);
    });

    test("tells the bounds of many partitions at once, in the order asked", async () => {
      const [full, empty] = [await freshTopic(2), await freshTopic(1)];
      await fill(full, 3, 2);
      const places = [
        { topic: empty, partition: 0 },
        { topic: full, partition: 1 },
        { topic: full, partition: 0 },
      ];
      const each = await Promise.all(places.map((place) => under().log.bounds(place)));
      expect(await under().log.boundsOf(places)).toEqual(each);
      expect(new Set(each.map(({ end }) => end)).size).toBeGreaterThan(1);
      expect(await under().log.boundsOf([])).toEqual([]);
      await expect(under().log.boundsOf([...places, { topic: full, partition: 2 }])).rejects.toMatchObject({
        _tag: "UnknownPartition",
      });
    });

    test("refuses a position behind the end: it is another log's", async () => {
      const topic = await freshTopic(1);
      await expect(under().log.read({ topic, partition: 0 }, 5, 1)).rejects.toMatchObject({
        _tag: "OffsetBeyondEnd",
        end: 0,
      });
    });

    test("refuses an unknown topic and an unknown partition", async () => {
      const topic = await freshTopic(2);
      await expect(under().log.read({ topic: "contract-nowhere", partition: 0 }, 0, 1)).rejects.toMatchObject({
        _tag: "UnknownTopic",
      });
      await expect(under().log.read({ topic, partition: 2 }, 0, 1)).rejects.toMatchObject({ _tag: "UnknownPartition" });
    });

    test("says where to read on when the asked position has expired", async () => {
      const topic = await freshTopic(1, 60_000);
      await fill(topic, 4, 5);
      const place = { topic, partition: 0 };
      const all = await readRecords(under().log, place, 0);
      await under().expireAllButLast(place);
      const { start, end } = await under().log.bounds(place);
      expect([start, end]).toEqual([all[15]?.offset, (all[19]?.offset ?? 0) + 1]);
      await expect(under().log.read(place, 0, 1)).rejects.toMatchObject({ _tag: "ExpiredOffset", start });
      expect(await readRecords(under().log, place, start)).toEqual(all.slice(15));
      const reopened = await under().reopen();
      expect(await reopened.bounds(place)).toEqual({ start, end });
      expect(await readRecords(reopened, place, start)).toEqual(all.slice(15));
    });
  });
};
