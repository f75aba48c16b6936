import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReadRecord, readRecords } from "../testing/index.ts";
import { openEmbeddedLog } from "./embedded-log.ts";
import { type Acknowledged, appendAndKill, killTopic, recordValue } from "./testing/killed-log.ts";

const partitions = 3;
const kills = Number(process.env.LEADWIRE_LOG_KILLS ?? 8);

describe("an embedded log whose process is killed", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "leadwire-kill-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const readBack = async (): Promise<ReadonlyArray<ReadonlyArray<ReadRecord>>> => {
    const log = await openEmbeddedLog({ folder, nowMs: () => 0 });
    const read = await Promise.all(
      Array.from({ length: partitions }, (_, partition) =>
        readRecords(log, { topic: killTopic, partition }, 0, 1_048_576),
      ),
    );
    await log.close();
    return read;
  };

  test(
    "has every acknowledged record where it was said to be, and every append whole or not at all",
    async () => {
      const acknowledged: Acknowledged[] = [];
      let nextCall = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        // Kills fall between 1 and 150 ms after the first acknowledgement.
        acknowledged.push(...(await appendAndKill(folder, partitions, nextCall, 1 + ((kill * 61) % 150))));
        const read = await readBack();
        read.forEach((records) => {
          expect(records.map(({ offset }) => offset)).toEqual(records.map((_, offset) => offset));
          const times = records.map(({ appendTimeMs }) => appendTimeMs);
          expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true);
        });
        for (const { call, positions } of acknowledged) {
          const found = positions.map(({ partition, offset }) => read[partition]?.[offset]?.value);
          expect(found).toEqual(positions.map((_, index) => recordValue(call, index).toString()));
        }
        const counts = new Map<number, number>();
        for (const { value } of read.flat()) {
          const call = Number(value.split(":")[0]);
          counts.set(call, (counts.get(call) ?? 0) + 1);
        }
        for (const [call, count] of counts) expect(count).toBe(1 + ((call * 7919) % 200));
        nextCall = 1 + Math.max(...counts.keys());
      }
      expect(acknowledged.length).toBeGreaterThan(10 * kills);
    },
    5000 + 10_000 * kills,
  );
});
