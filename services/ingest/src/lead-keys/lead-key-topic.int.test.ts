import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeControl, leadKeysTopic } from "@leadwire/events";
import { type EmbeddedLog, type EventLog, openEmbeddedLog } from "@leadwire/log";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type BreakableBroker, startBreakableBroker } from "../../../../infra/kafka/temporary-broker.ts";
import { compactSoon } from "../../../../packages/log/src/kafka/testing/compact-soon.ts";
import { LeadKeyTopic } from "./lead-key-topic.ts";

const partitions = 3;
const topic = { name: leadKeysTopic, partitions, compacted: true } as const;
const open: LeadKeyTopic[] = [];
afterEach(async () => {
  for (const keys of open.splice(0)) await keys.stop();
});

const door = async (log: EventLog): Promise<LeadKeyTopic> => {
  const failed = (cause: unknown): never => {
    throw cause;
  };
  const keys = new LeadKeyTopic({ log, partitions, randomKey: () => randomBytes(32), onFailure: failed });
  await keys.start();
  open.push(keys);
  return keys;
};

const erase = async (log: EventLog, leadId: string): Promise<void> => {
  const value = encodeControl({ name: "lead-key", record: { lead_id: leadId, key: null } });
  await log.append([{ topic: leadKeysTopic, key: Buffer.from(leadId), value }]);
};

const leads = Array.from({ length: 200 }, (_, index) => `L-${index}`);
const keysOf = (keys: LeadKeyTopic) => leads.map((leadId) => Buffer.from(keys.keyFor(leadId) ?? []).toString("hex"));

/** Every byte of the topic that can be read. */
const everything = async (log: EventLog): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    for (let at = (await log.bounds({ topic: leadKeysTopic, partition })).start; ; ) {
      const { bytes, nextOffset } = await log.read({ topic: leadKeysTopic, partition }, at, 1 << 20);
      if (nextOffset === at) break;
      chunks.push(bytes);
      at = nextOffset;
    }
  }
  return Buffer.concat(chunks);
};

describe("lead keys on the embedded log", () => {
  let folder = "";
  let log: EmbeddedLog;
  const reopen = async (): Promise<void> => {
    log = await openEmbeddedLog({ folder, nowMs: () => Date.now() });
    await log.ensureTopics([topic]);
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "leadwire-lead-keys-"));
    await reopen();
  });
  afterAll(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  test("two doors that meet the same new leads at once agree on every key, and so does one that starts later", async () => {
    const [first, second] = [await door(log), await door(log)];
    await Promise.all([first.prepare(leads), second.prepare(leads.toReversed()), first.prepare(leads)]);
    expect(new Set(keysOf(first)).size).toBe(leads.length);
    expect(keysOf(second)).toEqual(keysOf(first));
    for (const keys of open.splice(0)) await keys.stop();
    await log.close();
    await reopen();
    const later = await door(log);
    await later.prepare(leads);
    expect(keysOf(later)).toEqual(keysOf(first));
    await expect.poll(() => later.unremoved).toBe(0);
  });

  test("a lead erased anywhere has no key at any door, known before or not", async () => {
    const [first, second] = [await door(log), await door(log)];
    await first.prepare(["erased"]);
    await erase(log, "erased");
    await erase(log, "never seen");
    for (const keys of [first, second]) {
      await expect.poll(() => (keys.leads === leads.length + 2 ? keys.keyFor("erased") : "behind")).toBeUndefined();
      await keys.prepare(["erased", "never seen"]);
      expect(keys.keyFor("never seen")).toBeUndefined();
    }
  });

  test("a key in a schema that is not known here stops the door: passing over it would make a second key", async () => {
    const foreign = await openEmbeddedLog({ folder: mkdtempSync(join(folder, "foreign-")), nowMs: () => Date.now() });
    await foreign.ensureTopics([topic]);
    const value = encodeControl({ name: "lead-key", record: { lead_id: "L-1", key: randomBytes(32) } });
    value.writeInt32BE(4711, 1);
    await foreign.append([{ topic: leadKeysTopic, key: Buffer.from("L-1"), value }]);
    await expect(door(foreign)).rejects.toThrow("schema id 4711, which is not known here");
    await foreign.close();
  });

  test("a lead that was not prepared is a mistake of ours, not a lead without a key", async () => {
    const keys = await door(log);
    expect(() => keys.keyFor("unheard of")).toThrow("not prepared");
  });
});

describe("lead keys on Kafka", () => {
  let broker: BreakableBroker;
  let log: KafkaLog;
  beforeAll(async () => {
    broker = await startBreakableBroker();
    log = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "keys", replicas: 1 });
    await log.ensureTopics([topic]);
    await compactSoon(broker.bootstrap, leadKeysTopic);
  }, 60_000);
  afterAll(async () => {
    await log.close();
    await broker.stop();
  });

  test("compaction takes an erased key off the disk, and leaves every other as it was decided", async () => {
    const [first, second] = [await door(log), await door(log)];
    await Promise.all([first.prepare(leads), second.prepare(leads.toReversed())]);
    expect(keysOf(second)).toEqual(keysOf(first));
    const before = keysOf(first);
    await erase(log, "L-7");
    const [erased = "", kept = ""] = [before[7], before[8]];
    const isThere = async (key: string) => (await everything(log)).includes(Buffer.from(key, "hex"));
    expect(await isThere(kept)).toBe(true);
    for (let waitedMs = 0; waitedMs < 30_000 && (await isThere(erased)); waitedMs += 500) {
      // A segment ends only when something more is written to its partition.
      for (let index = 0; index < 9; index += 1) await erase(log, `filler-${index}`);
      await sleep(500);
    }
    expect(await isThere(erased)).toBe(false);
    expect(await isThere(kept)).toBe(true);
    const later = await door(log);
    await later.prepare(leads);
    expect(keysOf(later)).toEqual(before.with(7, ""));
  });
});
