import { describe, expect, test } from "vitest";
import type { ContractContext } from "./log-under-test.ts";

const value = Buffer.from("v");

export const waitContract = ({ under, freshTopic }: ContractContext): void => {
  describe("waitForData", () => {
    test("answers false after its time on an idle day, and leaves the log usable", async () => {
      const topic = await freshTopic(2);
      const positions = [0, 1].map((partition) => ({ topic, partition, offset: 0 }));
      expect(await under().log.waitForData(positions, 30)).toBe(false);
      expect(await under().log.append([{ topic, partition: 0, key: null, value }])).toHaveLength(1);
    });

    test("answers true at once where there is data already", async () => {
      const topic = await freshTopic(1);
      await under().log.append([{ topic, partition: 0, key: null, value }]);
      expect(await under().log.waitForData([{ topic, partition: 0, offset: 0 }], 60_000)).toBe(true);
    });

    test("wakes for an append to any of its partitions", async () => {
      const topic = await freshTopic(3);
      const waiting = under().log.waitForData(
        [0, 1, 2].map((partition) => ({ topic, partition, offset: 0 })),
        60_000,
      );
      await under().log.append([{ topic, partition: 2, key: null, value }]);
      expect(await waiting).toBe(true);
      expect((await under().log.read({ topic, partition: 2 }, 0, 1)).nextOffset).toBeGreaterThan(0);
    });

    test("sleeps on while other partitions, or earlier offsets, are written", async () => {
      const topic = await freshTopic(2);
      const waiting = under().log.waitForData([{ topic, partition: 0, offset: 1 }], 100);
      await under().log.append([0, 1].map((partition) => ({ topic, partition, key: null, value })));
      expect(await waiting).toBe(false);
    });

    test("gives up when it is told to", async () => {
      const topic = await freshTopic(1);
      const stop = new AbortController();
      const waiting = under().log.waitForData([{ topic, partition: 0, offset: 0 }], 60_000, stop.signal);
      stop.abort();
      expect(await waiting).toBe(false);
      expect(await under().log.waitForData([{ topic, partition: 0, offset: 0 }], 60_000, stop.signal)).toBe(false);
    });

    test("wakes everyone who waits for the same partition", async () => {
      const topic = await freshTopic(1);
      const waiting = [1, 2, 3].map(() => under().log.waitForData([{ topic, partition: 0, offset: 0 }], 60_000));
      await under().log.append([{ topic, partition: 0, key: null, value }]);
      expect(await Promise.all(waiting)).toEqual([true, true, true]);
    });
  });
};
