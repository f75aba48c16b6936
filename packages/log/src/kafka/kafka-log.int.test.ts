import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBroker } from "../../../../infra/kafka/kafka-for-tests.ts";
import type { TestBroker } from "../../../../infra/kafka/temporary-broker.ts";
import { BatchBuilder } from "../batch-builder.ts";
import { eventLogContract, type LogUnderTest, readRecords } from "../testing/index.ts";
import { openKafkaLog } from "./kafka-log.ts";
import { expireAllButLast, removeTopics } from "./testing/contract-topics.ts";
import { idleShare } from "./testing/idle-share.ts";

/** A given broker may serve several runs at once. */
const run = `contract-${process.pid}-${Date.now()}`;

let broker: TestBroker | undefined;

beforeAll(async () => {
  broker = await startBroker();
}, 180_000);
afterAll(async () => {
  if (broker?.kind === "given") await removeTopics(broker.bootstrap, run);
  await broker?.stop();
});

const bootstrap = (): string => {
  if (broker === undefined) throw new Error("The broker is not up yet.");
  return broker.bootstrap;
};

const quietKafka = (): InstanceType<typeof kafkajs.Kafka> =>
  new kafkajs.Kafka({ brokers: [bootstrap()], clientId: "foreign", logLevel: kafkajs.logLevel.NOTHING });

const open = async (): Promise<LogUnderTest> => {
  const start = () => openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
  let log = await start();
  return {
    get log() {
      return log;
    },
    reopen: async () => {
      await log.close();
      log = await start();
      return log;
    },
    expireAllButLast: (partition) => expireAllButLast(bootstrap(), log, partition),
    dispose: () => log.close(),
  };
};

eventLogContract("kafka log", open, run);

describe("a kafka log among others", () => {
  test("reads what a foreign producer wrote compressed, with the log's own append time", async () => {
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    await log.ensureTopics([{ name: `${run}-foreign`, partitions: 1 }]);
    const producer = quietKafka().producer();
    await producer.connect();
    const beforeMs = Date.now();
    await producer.send({
      topic: `${run}-foreign`,
      compression: kafkajs.CompressionTypes.GZIP,
      messages: ["a", "b"].map((value) => ({ key: "k", value, timestamp: "1000" })),
    });
    await producer.disconnect();
    const read = await readRecords(log, { topic: `${run}-foreign`, partition: 0 }, 0);
    await log.close();
    expect(read.map(({ key, value }) => [key, value])).toEqual([
      ["k", "a"],
      ["k", "b"],
    ]);
    for (const { appendTimeMs } of read) expect(appendTimeMs).toBeGreaterThan(beforeMs - 60_000);
  });

  test.each(["gzip", "zstd"])(
    "reads what the broker stored while a topic was set to %s, and tells of the setting",
    async (codec) => {
      const topic = `${run}-stored-${codec}`;
      const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
      await log.ensureTopics([{ name: topic, partitions: 1 }]);
      const admin = quietKafka().admin();
      await admin.connect();
      const configEntries = [
        { name: "compression.type", value: codec },
        { name: "cleanup.policy", value: "compact" },
        { name: "message.timestamp.type", value: "LogAppendTime" },
      ];
      const resources = [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries }];
      await admin.alterConfigs({ validateOnly: false, resources });
      await admin.disconnect();
      const place = { topic, partition: 0, key: Buffer.from("k") };
      await log.append(["a", "b".repeat(5_000)].map((value) => ({ ...place, value: Buffer.from(value) })));
      const read = await readRecords(log, { topic, partition: 0 }, 0);
      const [state] = await log.inspectTopics([{ name: topic, partitions: 1 }]);
      await log.close();
      expect(read.map(({ value }) => value)).toEqual(["a", "b".repeat(5_000)]);
      const settings = [`compression.type=${codec}`, "cleanup.policy=compact"];
      for (const setting of settings)
        expect(state?.faults.filter((fault) => fault.includes(`has ${setting}`))).toHaveLength(1);
    },
  );

  test("leaves no connection behind when it is closed while a wait for data is just beginning", async () => {
    const connections = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
    // Those of the tests before this one are gone a moment later.
    await expect.poll(connections, { timeout: 5_000 }).toBe(0);
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    await log.ensureTopics([{ name: `${run}-waited`, partitions: 1 }]);
    await log.bounds({ topic: `${run}-waited`, partition: 0 });
    const waited = log.waitForData([{ topic: `${run}-waited`, partition: 0, offset: 0 }], 60_000);
    // It is about to open a connection of its own, which stands a moment later.
    await undefined;
    await log.close();
    expect(await waited).toBe(false);
    await sleep(500);
    expect(connections()).toBe(0);
  });

  test("refuses a topic that keeps its producers' times, and says the command that mends it", async () => {
    const admin = quietKafka().admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: `${run}-times`, numPartitions: 1 }], waitForLeaders: true });
    await admin.disconnect();
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    const refused = log.ensureTopics([{ name: `${run}-times`, partitions: 1 }]);
    await expect(refused).rejects.toMatchObject({ _tag: "TopicConflict" });
    await expect(refused).rejects.toThrow(
      /message\.timestamp\.type=CreateTime, expected LogAppendTime.*kafka-configs\.sh/,
    );
    await log.close();
  });

  test("refuses a record that no broker takes, keeps nothing of it, and goes on", async () => {
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    await log.ensureTopics([{ name: `${run}-huge`, partitions: 1 }]);
    const place = { topic: `${run}-huge`, partition: 0, key: null };
    const [before, huge, after] = await Promise.allSettled([
      log.append([{ ...place, value: Buffer.from("before") }]),
      log.append([{ ...place, value: Buffer.alloc(17 * 1_048_576) }]),
      log.append([{ ...place, value: Buffer.from("after") }]),
    ]);
    expect([before?.status, huge?.status, after?.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(huge).toMatchObject({ reason: { _tag: "BrokerRefused" } });
    const read = await readRecords(log, place, 0);
    await log.close();
    expect(read.map(({ value }) => value)).toEqual(["before", "after"]);
  });

  test("refuses an append when too much waits already, and keeps nothing of it", async () => {
    const limits = { pendingBytesMax: 1_000 };
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract", limits });
    await log.ensureTopics([{ name: `${run}-full`, partitions: 1 }]);
    const append = () => log.append([{ topic: `${run}-full`, key: null, value: Buffer.alloc(600) }]);
    await append();
    const [first, second] = await Promise.allSettled([append(), append()]);
    expect([first?.status, second?.status]).toEqual(["fulfilled", "rejected"]);
    expect(second).toMatchObject({ reason: { _tag: "Overloaded" } });
    await append();
    expect(await log.bounds({ topic: `${run}-full`, partition: 0 })).toEqual({ start: 0, end: 3 });
    await log.close();
  });

  test("never takes for the end what was the end before the read was asked for", async () => {
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    await log.ensureTopics([{ name: `${run}-ahead`, partitions: 1 }]);
    const place = { topic: `${run}-ahead`, partition: 0 };
    const append = (value: string) => log.append([{ ...place, key: null, value: Buffer.from(value) }]);
    for (const value of ["a", "b"]) await append(value);
    // The first read leaves a fetch ahead, which reaches the end as it is now.
    const { nextOffset } = await log.read(place, 0, 1);
    expect(nextOffset).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await append("c");
    expect(await log.read(place, nextOffset, 1)).toMatchObject({ nextOffset: 2, endOffset: 3 });
    await log.close();
  });

  test("refuses a batch whose bytes do not match their checksum's format", async () => {
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    await log.ensureTopics([{ name: `${run}-odd`, partitions: 1 }]);
    const builder = new BatchBuilder();
    builder.begin();
    builder.add(null, Buffer.from("fine"));
    const batch = builder.finish();
    gzipSync(batch.subarray(61)).copy(batch, 61, 0, batch.length - 61);
    const refused = log.appendBatches([{ topic: `${run}-odd`, partition: 0, batch, count: 1 }]);
    await expect(refused).rejects.toMatchObject({ _tag: "BrokerRefused" });
    await log.close();
  });
});

describe("an idle day", () => {
  test("costs kafkajs' clients less than 1 % of a core: the patch against its spin is applied", async () => {
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.name);
    process.on("warning", note);
    const kafka = quietKafka();
    const [admin, producer] = [kafka.admin(), kafka.producer()];
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.listTopics();
    const share = await idleShare();
    await Promise.all([admin.disconnect(), producer.disconnect()]);
    process.off("warning", note);
    expect(warnings).not.toContain("TimeoutNegativeWarning");
    expect(share).toBeLessThan(0.01);
  });

  test("costs a log with a member that waits for data less than 2 % of a core", async () => {
    const log = await openKafkaLog({ brokers: [bootstrap()], clientId: "contract" });
    await log.ensureTopics([{ name: `${run}-idle`, partitions: 12 }]);
    const held = new Set<number>();
    await log.join(`${run}-idle`, [`${run}-idle`], {
      onAssigned: async (given) => given.forEach(({ partition }) => void held.add(partition)),
      onRevoked: async (taken) => taken.forEach(({ partition }) => void held.delete(partition)),
    });
    const stop = new AbortController();
    const positions = [...held].map((partition) => ({ topic: `${run}-idle`, partition, offset: 0 }));
    const waiting = (async () => {
      while (!stop.signal.aborted) await log.waitForData(positions, 1_000, stop.signal);
    })();
    const share = await idleShare();
    expect(held.size).toBe(12);
    stop.abort();
    await waiting;
    await log.close();
    expect(held.size).toBe(0);
    expect(share).toBeLessThan(0.02);
  });
});
