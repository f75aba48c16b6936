import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountLogTopic, factsTopic, metricsTopic } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { PartitionTask } from "@leadwire/stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HeardTasks } from "./heard-tasks.ts";

const generation = "0a1b2c";
const funnel = { topic: "leadwire.funnel", partition: 0 };
const spend = { topic: "leadwire.spend", partition: 0 };

let folder = "";
let log: EmbeddedLog;
let clockMs = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-heard-"));
  clockMs = 1_000_000;
  log = await openEmbeddedLog({ folder, nowMs: () => clockMs });
  await log.ensureTopics([factsTopic(generation), metricsTopic(generation)].map((name) => ({ name, partitions: 1 })));
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

/** A heartbeat of a task that has read so far of an input that ends there. */
const beat = async (topic: string, position: number, end: number, newestEventMs = Number.NaN): Promise<void> => {
  const context = {
    workspace: defaultWorkspace,
    calendar: new ZoneCalendar("UTC"),
    generation,
    partition: 0,
    partitions: 1,
  };
  const task = new PartitionTask(topic, context, []);
  task.position = position;
  task.newestEventMs = newestEventMs;
  await log.appendBatches(task.beat(end, clockMs));
};

/** The clock goes on by so much with every look. */
const heardTasks = async (lookMs: number): Promise<HeardTasks> => {
  const sleep = async (): Promise<void> => {
    clockMs += lookMs;
    await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const heard = new HeardTasks({ log, generation, partitions: 1, nowMs: () => clockMs, sleep });
  await heard.start();
  return heard;
};

test("the last heartbeats are enough where everything was folded before", async () => {
  await beat(funnel.topic, 5, 5, 77);
  await beat(accountLogTopic(generation), 2, 2, 99);
  const heard = await heardTasks(0);
  await heard.passed([{ ...funnel, offset: 5 }]);
  expect(heard.positionOf("leadwire.funnel", 0)).toBe(5);
  // What the account tasks read is counted where it came from.
  expect(heard.newestEventMs).toBe(77);
  await heard.stop();
});

test("waits for a task that is behind, and believes no stale one", async () => {
  await beat(funnel.topic, 5, 9);
  await beat(funnel.topic, 3, 9);
  const heard = await heardTasks(0);
  expect(heard.positionOf("leadwire.funnel", 0)).toBe(5);
  let passed = false;
  const passing = heard.passed([{ ...funnel, offset: 9 }]).then(() => {
    passed = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(passed).toBe(false);
  await beat(funnel.topic, 9, 9);
  await passing;
  await heard.stop();
});

test("says that no processor is there, and how to start one", async () => {
  const heard = await heardTasks(1_000);
  const asked = heard.passed([
    { ...funnel, offset: 1 },
    { ...spend, offset: 1 },
  ]);
  await expect(asked).rejects.toThrow(
    "no processor has been heard for 11 s: start one with npx leadwire run processor, then ask again.",
  );
  await heard.stop();
});

test("names the partition that nobody reads while others are read", async () => {
  await beat(spend.topic, 4, 4);
  const heard = await heardTasks(1_000);
  await expect(heard.passed([{ ...funnel, offset: 1 }])).rejects.toThrow("that reads leadwire.funnel/0");
  await heard.stop();
});
