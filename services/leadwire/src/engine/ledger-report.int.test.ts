import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, eventTopics, keyOf, type LeadCreated, quarantineTopic, topicOf } from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, type LogRecord, openEmbeddedLog, partitionName, partitionOf } from "@leadwire/log";
import { type OutputBatch, PartitionTask } from "@leadwire/stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ledgerReport } from "./ledger-report.ts";
import { endsOf } from "./log-ends.ts";

const nowMs = Date.UTC(2026, 5, 1);
const partitions = 3;
let folder = "";
let log: EmbeddedLog;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-ledger-"));
  log = await openEmbeddedLog({ folder, nowMs: () => nowMs });
  await log.ensureTopics([...eventTopics, quarantineTopic].map((name) => ({ name, partitions })));
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const lead = (id: string, more: Partial<LeadCreated> = {}): LeadCreated => ({
  type: "lead-created",
  event_id: id,
  source_system: "web",
  occurred_at: nowMs,
  revision: 0,
  voided: false,
  lead_id: id,
  ...more,
});

const recordOf = (event: LeadCreated): LogRecord => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value: encodeEvent(event),
});
const homeOf = (event: LeadCreated): number => partitionOf(Buffer.from(keyOf(event)), partitions);
const misplaced = (event: LeadCreated): LogRecord => ({
  ...recordOf(event),
  partition: (homeOf(event) + 1) % partitions,
});

const newTasks = (): ReadonlyArray<PartitionTask> =>
  eventTopics.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => {
      const context = { workspace: defaultWorkspace, calendar: new ZoneCalendar("UTC"), generation: "g" };
      return new PartitionTask(topic, { ...context, partition, partitions }, catalogue.measures);
    }),
  );

/** Lets the tasks read all there is; answers what they send on. */
const fold = async (tasks: ReadonlyArray<PartitionTask>): Promise<ReadonlyArray<OutputBatch>> => {
  const sent: Array<OutputBatch> = [];
  for (const task of tasks) {
    const chunk = await log.read(task, task.position, 1 << 20);
    if (chunk.nextOffset > task.position) task.process(chunk.bytes, chunk.nextOffset);
    sent.push(...task.takeOutput().filter(({ topic }) => eventTopics.some((known) => known === topic)));
  }
  return sent;
};

const report = async (tasks: ReadonlyArray<PartitionTask>, sentOn?: () => Promise<void>) => {
  const ends = await endsOf(log, [...eventTopics, quarantineTopic], partitions);
  return ledgerReport({
    log,
    workspace: defaultWorkspace,
    partitions,
    tasks: tasks.map((task) => task.counts()),
    ends: new Map(ends.map((end) => [partitionName(end), end.offset])),
    asideOf: async () => new Map(),
    ...(sentOn === undefined ? {} : { sentOn }),
  });
};

test("a record in a wrong place is accepted once: where it arrives", async () => {
  const tasks = newTasks();
  await log.append([recordOf(lead("a")), misplaced(lead("b")), misplaced(lead("c", { source_system: "crm" }))]);
  expect((await report(tasks)).total).toMatchObject({ accepted: 3, pending: 3, forwarded: 0, missing: 0 });
  await log.appendBatches(await fold(tasks));
  expect(await report(tasks)).toMatchObject({
    total: { accepted: 3, applied: 1, pending: 2, forwarded: 2, missing: 0 },
    balanced: true,
  });
  await fold(tasks);
  const { lines, total, balanced } = await report(tasks);
  expect(total).toMatchObject({ accepted: 3, applied: 3, duplicate: 0, pending: 0, forwarded: 2 });
  expect(lines.map(({ source, accepted, forwarded }) => [source, accepted, forwarded])).toEqual([
    ["crm", 1, 1],
    ["web", 2, 1],
  ]);
  expect(balanced).toBe(true);
});

test("a record that was sent on and has arrived nowhere is missing", async () => {
  const tasks = newTasks();
  await log.append([recordOf(lead("a")), misplaced(lead("b", { source_system: "crm" }))]);
  await fold(tasks);
  const { lines, balanced } = await report(tasks);
  expect(balanced).toBe(false);
  expect(lines.map(({ source, missing }) => [source, missing])).toEqual([
    ["crm", 1],
    ["web", 0],
  ]);
});

test("a copy that is just on its way is waited for", async () => {
  const tasks = newTasks();
  await log.append([misplaced(lead("b"))]);
  const sent = await fold(tasks);
  const { total, balanced } = await report(tasks, async () => {
    await log.appendBatches(sent);
  });
  expect(total).toMatchObject({ accepted: 0, forwarded: 1, missing: 0 });
  expect(balanced).toBe(true);
});

test("a copy that comes again, as after a crash, is a duplicate", async () => {
  const tasks = newTasks();
  await log.append([misplaced(lead("b"))]);
  const sent = await fold(tasks);
  const again = sent.map((output) => ({ ...output, batch: Buffer.from(output.batch) }));
  await log.appendBatches(sent);
  await log.appendBatches(again);
  await fold(tasks);
  expect(await report(tasks)).toMatchObject({
    total: { accepted: 2, applied: 1, duplicate: 1, forwarded: 1, missing: 0 },
    balanced: true,
  });
});

test("a task that counts a forward too few is found out", async () => {
  const tasks = newTasks();
  await log.append([misplaced(lead("b"))]);
  await log.appendBatches(await fold(tasks));
  for (const task of tasks) for (const { counts } of task.ledger.entries()) counts.forwarded = 0;
  expect(await report(tasks)).toMatchObject({ total: { missing: 1 }, balanced: false });
});

test("whatever a foreign producer writes as its source, both sides count it alike, under a short name", async () => {
  const headers = ["a\0b", "x".repeat(100_000), "\ud800".repeat(3), ""];
  const unreadable = headers.map((source, n) => ({
    topic: "leadwire.funnel",
    key: null,
    value: Buffer.from(`no ${n}`),
    headers: { source },
  }));
  const own = ["", "c\0d", "y".repeat(5_000)].map((source, n) => ({
    ...recordOf(lead(`own-${n}`, { source_system: source })),
    headers: { source: "header", backfill: "b\0c" },
  }));
  await log.append([...unreadable, ...own]);
  const tasks = newTasks();
  await fold(tasks);
  const { lines, balanced, total } = await report(tasks);
  expect(balanced).toBe(true);
  expect([total.accepted, total.quarantined]).toEqual([7, 7]);
  expect(Math.max(...lines.map(({ source }) => source.length))).toBeLessThanOrEqual(1_024);
});
