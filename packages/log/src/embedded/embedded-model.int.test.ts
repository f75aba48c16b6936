import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readRecords } from "../testing/index.ts";
import { type EmbeddedLog, openEmbeddedLog } from "./embedded-log.ts";

const topic = "model";
const partitions = 2;
const retentionMs = 50;

type Step =
  | { readonly _tag: "Append"; readonly calls: ReadonlyArray<ReadonlyArray<{ partition: number; bytes: number }>> }
  | { readonly _tag: "Reopen" }
  | { readonly _tag: "Pass"; readonly ms: number }
  | { readonly _tag: "Expire" };

const call = fc.array(fc.record({ partition: fc.nat(partitions - 1), bytes: fc.nat(2000) }), {
  minLength: 1,
  maxLength: 8,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ _tag: fc.constant("Append"), calls: fc.array(call, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ _tag: "Reopen" } as const) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Pass"), ms: fc.integer({ min: -20, max: 40 }) }) },
  { weight: 2, arbitrary: fc.constant({ _tag: "Expire" } as const) },
);

/** What the log should hold: per partition every value ever appended and its append time. */
type Model = ReadonlyArray<{ value: string; appendTimeMs: number }[]>;

const compare = async (log: EmbeddedLog, model: Model, nowMs: number | undefined): Promise<void> => {
  for (let partition = 0; partition < partitions; partition += 1) {
    const written = model[partition] ?? [];
    const { start, end } = await log.bounds({ topic, partition });
    expect(end).toBe(written.length);
    const records = await readRecords(log, { topic, partition }, start, 1500);
    expect(records.map(({ offset, value, appendTimeMs }) => ({ offset, value, appendTimeMs }))).toEqual(
      written.slice(start).map((each, index) => ({ offset: start + index, ...each })),
    );
    const middle = start + Math.floor((end - start) / 2);
    expect(await readRecords(log, { topic, partition }, middle, 1)).toEqual(records.slice(middle - start));
    // Whatever is gone was old enough.
    if (nowMs === undefined) continue;
    for (const { appendTimeMs } of written.slice(0, start)) expect(appendTimeMs).toBeLessThan(nowMs - retentionMs);
  }
};

test("any run of appends, restarts, clock jumps and expiries reads back as a plain list does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), "leadwire-model-"));
      let nowMs = 1000;
      let expiredAtMs: number | undefined;
      let serial = 0;
      const model: Model = Array.from({ length: partitions }, () => []);
      const open = async (): Promise<EmbeddedLog> => {
        const opened = await openEmbeddedLog({ folder, nowMs: () => nowMs });
        await opened.ensureTopics([{ name: topic, partitions, retentionMs }]);
        return opened;
      };
      let log = await open();
      try {
        for (const each of steps) {
          if (each._tag === "Pass") nowMs += each.ms;
          if (each._tag === "Expire") {
            expiredAtMs = Math.max(nowMs, expiredAtMs ?? nowMs);
            await log.expire(nowMs);
          }
          if (each._tag === "Reopen") {
            await log.close();
            log = await open();
          }
          if (each._tag === "Append") {
            const calls = each.calls.map((records) =>
              records.map(({ partition, bytes }) => {
                serial += 1;
                const value = `${serial}:${"v".repeat(bytes)}`;
                const list = model[partition] ?? [];
                list.push({ value, appendTimeMs: Math.max(nowMs, list.at(-1)?.appendTimeMs ?? 0) });
                return { topic, partition, key: null, value: Buffer.from(value) };
              }),
            );
            await Promise.all(calls.map((records) => log.append(records)));
          }
          await compare(log, model, expiredAtMs);
        }
      } finally {
        await log.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 60 },
  );
});
