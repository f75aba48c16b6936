import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accountLogTopic,
  encodeEvent,
  eventTopics,
  keyOf,
  type SalesEvent,
  type SubscriptionChanged,
  type SurveyAnswered,
  topicOf,
} from "@leadwire/events";
import { defaultWorkspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, type LogRecord, openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { PartitionTask } from "@leadwire/stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AccountLogSide } from "./account-log-side.ts";
import { Comparison } from "./comparison.ts";
import { FoldedAnew } from "./folded-anew.ts";
import type { LogContext } from "./verify-context.ts";

const nowMs = Date.UTC(2026, 5, 1);
const partitions = 2;
const generation = "g";
const accountLog = accountLogTopic(generation);
const sources = ["leadwire.funnel", "leadwire.accounts"];

let folder = "";
let log: EmbeddedLog;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-account-log-"));
  log = await openEmbeddedLog({ folder, nowMs: () => nowMs });
  await log.ensureTopics([...eventTopics, accountLog].map((name) => ({ name, partitions })));
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const head = { source_system: "crm", revision: 0, voided: false, occurred_at: nowMs - 1_000 };
const created = (lead: string): SalesEvent => ({
  ...head,
  type: "lead-created",
  event_id: `${lead}-c`,
  lead_id: lead,
});
const won = (lead: string, account: string, revision = 0): SalesEvent => ({
  ...head,
  revision,
  type: "deal-closed",
  event_id: `${lead}-w`,
  lead_id: lead,
  deal_id: `${lead}-d`,
  account_id: account,
  outcome: "won",
  amount_minor: 100,
  currency: "USD",
  lines: [],
});
const subscribed = (account: string, mrr: number): SubscriptionChanged => ({
  ...head,
  type: "subscription-changed",
  event_id: `${account}-s${mrr}`,
  account_id: account,
  mrr_minor: mrr,
  subscription_id: "S",
  currency: "USD",
  reason: "started",
});

const answered = (account: string, score: number): SurveyAnswered => ({
  ...head,
  type: "survey-answered",
  event_id: `${account}-q${score}`,
  account_id: account,
  kind: "nps",
  score,
});

const append = async (...events: ReadonlyArray<SalesEvent>): Promise<void> => {
  const recordOf = (event: SalesEvent): LogRecord => ({
    topic: topicOf(event.type),
    key: Buffer.from(keyOf(event)),
    value: encodeEvent(event),
  });
  await log.append(events.map(recordOf));
};

/** Lets fresh tasks send everything, as an owner does that begins from the log; answers how far they are. */
const send = async (): Promise<LogContext["tasks"]> => {
  const context = { workspace: defaultWorkspace, calendar: new ZoneCalendar("UTC"), generation, partitions };
  const tasks: Array<{ topic: string; partition: number; position: number }> = [];
  for (const topic of sources) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const task = new PartitionTask(topic, { ...context, partition }, catalogue.measures);
      const chunk = await log.read(task, 0, 1 << 20);
      task.process(chunk.bytes, chunk.nextOffset);
      await log.appendBatches(task.takeOutput().filter((output) => output.topic === accountLog));
      tasks.push({ topic, partition, position: task.position });
    }
  }
  return tasks;
};

/** What `verify` says of the account log at these positions. */
const differences = async (tasks: LogContext["tasks"]): Promise<ReadonlyArray<string>> => {
  const context: LogContext = {
    log,
    workspace: defaultWorkspace,
    measures: catalogue.measures,
    generation,
    partitions,
    tasks,
  };
  const examples: Array<string> = [];
  const comparison = new Comparison("records of the account log", examples);
  const side = new AccountLogSide(context, comparison);
  await side.read();
  for (const { topic, partition, position } of tasks) {
    const anew = new FoldedAnew(context, topic, partition);
    let isBeforeCut = true;
    anew.onAccountRecord = (to, record) => side.sent(to, record, isBeforeCut);
    await anew.to(position);
    isBeforeCut = false;
    if (topic === "leadwire.accounts") await anew.to(side.sourceEnd(topic, partition));
  }
  await side.compareRest();
  expect(examples.length).toBe(comparison.differences);
  return examples;
};

const valuesOf = async (partition: number): Promise<ReadonlyArray<Buffer>> => {
  const cursor = new RecordCursor();
  const values: Array<Buffer> = [];
  const { bytes } = await log.read({ topic: accountLog, partition }, 0, 1 << 20);
  cursor.reset(bytes, 0);
  while (cursor.next()) values.push(Buffer.from(bytes.subarray(cursor.valueStart, cursor.valueEnd)));
  return values;
};

test("a sound account log makes no difference, also with repeats and with what was sent since", async () => {
  await append(created("L1"), won("L1", "A1"), created("L2"), won("L2", "A2"), subscribed("A1", 500));
  const tasks = await send();
  await send();
  await append(won("L1", "A3", 1), created("L3"), won("L3", "A1"), subscribed("A2", 700), answered("A1", 9));
  await send();
  expect(await differences(tasks)).toEqual([]);
});

test("names what is missing from the account log", async () => {
  await append(created("L1"), won("L1", "A1"));
  const before = await send();
  await append(created("L2"), won("L2", "A2"), subscribed("A2", 700), answered("A2", 3));
  const ends = await log.boundsOf(before);
  const found = await differences(before.map((task, index) => ({ ...task, position: ends[index]?.end ?? 0 })));
  expect(found.length).toBe(3);
  expect(found.join("\n")).toMatch(
    /win crm\/L2-w\/\S+ of account A2, from leadwire\.funnel\/\d at \d+: the log gives it/,
  );
  expect(found.join("\n")).toContain("subscription crm/A2-s700, revision 0: the log gives it");
  expect(found.join("\n")).toContain("survey crm/A2-q3, revision 0: the log gives it");
});

test("names a record that no task sent, was altered, or lies in another partition", async () => {
  await append(created("L1"), won("L1", "A1"), subscribed("A1", 500));
  const tasks = await send();
  const home = (await valuesOf(0)).length > 0 ? 0 : 1;
  const [win, subscription] = (await valuesOf(home)) as [Buffer, Buffer];
  const altered = Buffer.from(win);
  altered.write("A7", altered.lastIndexOf("A1"));
  const record = (partition: number, value: Buffer): LogRecord => ({ topic: accountLog, partition, key: null, value });
  await log.append([
    record(home, altered),
    record(home, encodeEvent(subscribed("A1", 900))),
    record(1 - home, subscription),
  ]);
  const found = await differences(tasks);
  expect(found.length).toBe(3);
  expect(found.join("\n")).toContain("of account A7");
  expect(found.join("\n")).toContain("subscription crm/A1-s900, revision 0: the log gives nothing");
  expect(found.join("\n")).toContain(`partition ${1 - home} | subscription crm/A1-s500`);
});

test("passes over bytes that no task can have written, as the tasks do", async () => {
  await append(created("L1"), won("L1", "A1"));
  const tasks = await send();
  const strange = ["no entry", ""].map((text) => Buffer.from(text));
  await log.append(strange.map((value) => ({ topic: accountLog, partition: 0, key: null, value })));
  expect(await differences(tasks)).toEqual([]);
});
