import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BreakableBroker, startBreakableBroker } from "../../../../infra/kafka/temporary-broker.ts";
import { BatchBuilder } from "../batch-builder.ts";
import type { AssignmentListener, EventLog, LogPosition } from "../event-log.ts";
import { RecordCursor } from "../record-cursor.ts";
import { readRecords } from "../testing/index.ts";
import { type KafkaLog, openKafkaLog } from "./kafka-log.ts";

const partitions = 3;
const sessionTimeoutMs = 2_000;
/** How often the broker is killed; more for a long run. */
const kills = Number(process.env.LEADWIRE_KAFKA_KILLS ?? 1);
const quiet: AssignmentListener = { onAssigned: async () => undefined, onRevoked: async () => undefined };

/** Appends numbered records, singly and as batches made ahead, until told to stop; notes what was acknowledged. */
class Writer {
  readonly acknowledged: { readonly value: string; readonly position: LogPosition }[] = [];
  private stopped = false;
  private readonly running: Promise<unknown>;

  constructor(log: EventLog, topic: string, workers: number) {
    this.running = Promise.all(Array.from({ length: workers }, (_, worker) => this.work(log, topic, worker)));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async work(log: EventLog, topic: string, worker: number): Promise<void> {
    const builder = new BatchBuilder();
    const partition = worker % partitions;
    for (let n = 0; !this.stopped; n += 2) {
      const [one, two] = [`${worker}:${n}`, `${worker}:${n + 1}`];
      builder.begin();
      builder.add(null, Buffer.from(two));
      // Both are on their way together: the second must not overtake the first.
      const [first, second] = await Promise.all([
        log.append([{ topic, partition, key: null, value: Buffer.from(one) }]),
        log.appendBatches([{ topic, partition, batch: builder.finish(), count: 1 }]),
      ]);
      for (const [value, position] of [[one, first[0]] as const, [two, second[0]] as const]) {
        if (position !== undefined) this.acknowledged.push({ value, position });
      }
    }
  }
}

/** Follows one partition as a task does: read, and wait at the end. */
const follow = async (log: EventLog, topic: string, partition: number, until: AbortSignal): Promise<string[]> => {
  const cursor = new RecordCursor();
  const values: string[] = [];
  for (let offset = 0; ; ) {
    // Only a read that begins after the last write can know the end.
    const isLast = until.aborted;
    const { bytes, nextOffset, endOffset } = await log.read({ topic, partition }, offset, 4_096);
    cursor.reset(bytes, offset);
    while (cursor.next()) values.push(bytes.toString("utf8", cursor.valueStart, cursor.valueEnd));
    offset = nextOffset;
    if (isLast && nextOffset === endOffset) return values;
    if (nextOffset === endOffset) await log.waitForData([{ topic, partition, offset }], 1_000, until);
  }
};

describe("a kafka log whose broker fails", () => {
  let broker: BreakableBroker;
  let log: KafkaLog;
  const faults: string[] = [];

  beforeAll(async () => {
    broker = await startBreakableBroker();
    log = await openKafkaLog({
      brokers: [broker.bootstrap],
      clientId: "faults",
      limits: { requestTimeoutMs: 1_000 },
      group: { sessionTimeoutMs },
      onInterrupted: ({ message }) => faults.push(message),
    });
  }, 120_000);
  afterAll(async () => {
    await log?.close();
    await broker?.stop();
  });

  const breakWhileWriting = async (topic: string, breakIt: () => Promise<void>): Promise<void> => {
    await log.ensureTopics([{ name: topic, partitions }]);
    const stop = new AbortController();
    const following = [0, 1, 2].map((partition) => follow(log, topic, partition, stop.signal));
    const writer = new Writer(log, topic, 9);
    await sleep(400);
    await breakIt();
    const before = writer.acknowledged.length;
    await expect.poll(() => writer.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before + 100);
    await writer.stop();
    stop.abort();
    const followed = await Promise.all(following);
    for (const [partition, seen] of followed.entries()) {
      const read = await readRecords(log, { topic, partition }, 0);
      const values = read.map(({ value }) => value);
      expect(seen).toEqual(values);
      // Each record once, those of one writer in the order written, and each where its acknowledgement said.
      const byWriter = Map.groupBy(values, (value) => value.split(":")[0] ?? "");
      for (const each of byWriter.values()) {
        expect(each.map((value) => Number(value.split(":")[1]))).toEqual(each.map((_, index) => index));
      }
      const at = new Map(read.map(({ offset, value }) => [offset, value]));
      for (const { value, position } of writer.acknowledged) {
        if (position.partition === partition) expect(at.get(position.offset)).toBe(value);
      }
    }
  };

  test("writes each record once and in order while the broker restarts", async () => {
    faults.length = 0;
    await breakWhileWriting("restart", async () => {
      await broker.signal("SIGTERM");
      await broker.restart();
    });
    expect(faults.length).toBeGreaterThan(0);
  });

  test(
    "writes each record once and in order while the broker is killed, and a member has its partitions again",
    async () => {
      await log.ensureTopics([{ name: "member", partitions }]);
      const held = new Set<number>();
      const told: string[] = [];
      const leave = await log.join("member-group", ["member"], {
        onAssigned: async (given) => {
          told.push("assigned");
          for (const { partition } of given) held.add(partition);
        },
        onRevoked: async (taken) => {
          told.push("revoked");
          for (const { partition } of taken) held.delete(partition);
        },
      });
      await breakWhileWriting("kill", async () => {
        for (let kill = 0; kill < kills; kill += 1) {
          await broker.signal("SIGKILL");
          await broker.restart();
          await sleep(300);
        }
      });
      const leaveSecond = await log.join("member-group", ["member"], quiet);
      await expect.poll(() => held.size, { timeout: 20_000 }).toBeLessThan(partitions);
      await leaveSecond();
      await expect.poll(() => held.size, { timeout: 20_000 }).toBe(partitions);
      await leave();
      expect(held.size).toBe(0);
      expect(told).toEqual(told.map((_, index) => (index % 2 === 0 ? "assigned" : "revoked")));
    },
    40_000 + 20_000 * kills,
  );

  test("asks for topics and makes them once the broker is back, though it was killed before the answer", async () => {
    faults.length = 0;
    await log.topics();
    await broker.signal("SIGKILL");
    const asked = Promise.all([log.topics(), log.ensureTopics([{ name: "after-the-kill", partitions }])]);
    await sleep(300);
    await broker.restart();
    await asked;
    expect((await log.topics()).map(({ name }) => name)).toContain("after-the-kill");
  });

  test("writes each record once and in order after the broker froze for longer than a request may take", async () => {
    faults.length = 0;
    await breakWhileWriting("freeze", async () => {
      await broker.signal("SIGSTOP");
      await sleep(2_500);
      await broker.signal("SIGCONT");
    });
    expect(faults.some((fault) => fault.includes("Produce request unanswered"))).toBe(true);
  });

  test("hands partitions on only after a slow owner has given them back, beyond its session's time", async () => {
    await log.ensureTopics([{ name: "slow", partitions }]);
    const told: string[] = [];
    const leaveSlow = await log.join("slow-group", ["slow"], {
      onAssigned: async () => undefined,
      onRevoked: async () => {
        if (told.length > 0) return;
        told.push("giving back");
        await sleep(2 * sessionTimeoutMs);
        told.push("given back");
      },
    });
    const assigned = async (): Promise<void> => void told.push("assigned");
    const leaveNext = await log.join("slow-group", ["slow"], { ...quiet, onAssigned: assigned });
    await expect.poll(() => told, { timeout: 10_000 }).toContain("assigned");
    await Promise.all([leaveSlow(), leaveNext()]);
    expect(told.slice(0, 3)).toEqual(["giving back", "given back", "assigned"]);
  });

  test("recalls what a member is still taking on, so that a rebalance need not wait for its state", async () => {
    await log.ensureTopics([{ name: "recalled", partitions }]);
    const told: string[] = [];
    const slow = log.join("recalled-group", ["recalled"], {
      onAssigned: async (given, recalled) => {
        told.push(`given ${given.length}`);
        if (given.length < partitions) return;
        await new Promise((resolve) => recalled?.addEventListener("abort", resolve, { once: true }));
        told.push("recalled");
      },
      onRevoked: async (taken) => void told.push(`taken ${taken.length}`),
    });
    await expect.poll(() => told, { timeout: 10_000 }).toEqual([`given ${partitions}`]);
    const leaveNext = await log.join("recalled-group", ["recalled"], quiet);
    const leaveSlow = await slow;
    expect(told.slice(0, 3)).toEqual([`given ${partitions}`, "recalled", `taken ${partitions}`]);
    await Promise.all([leaveSlow(), leaveNext()]);
  });

  test("says which address does not answer", async () => {
    const opening = openKafkaLog({ brokers: ["127.0.0.1:1"], clientId: "nobody" });
    await expect(opening).rejects.toMatchObject({ _tag: "BrokerUnreachable" });
    await expect(opening).rejects.toThrow(/127\.0\.0\.1:1.*pnpm kafka:up/s);
  });
});
