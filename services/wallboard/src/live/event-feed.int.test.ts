import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeEvent, eventTopics, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LiveEventFeed } from "./event-feed.ts";

const partitions = 3;
const startMs = Date.parse("2026-03-20T10:30:00Z");
const sealed = Buffer.from("ana@example.com, +40 700 000 000");

let folder: string;
let nowMs: number;
let log: EmbeddedLog;
let feeds: Array<LiveEventFeed>;
let failures: Array<unknown>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-feed-"));
  nowMs = startMs;
  [feeds, failures] = [[], []];
  log = await openEmbeddedLog({ folder, nowMs: () => nowMs });
  await log.ensureTopics(eventTopics.map((name) => ({ name, partitions })));
});

afterEach(async () => {
  for (const feed of feeds) await feed.stop();
  await log.close();
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
});

const startFeed = async (): Promise<LiveEventFeed> => {
  const feed = new LiveEventFeed({ log, partitions, onFailure: (cause) => void failures.push(cause) });
  feeds.push(feed);
  await feed.start();
  return feed;
};

const lead = (n: number, change: Partial<SalesEvent> = {}): SalesEvent =>
  ({
    type: "lead-created",
    event_id: `e${n}`,
    source_system: "web",
    occurred_at: nowMs - 1_000,
    revision: 0,
    voided: false,
    lead_id: `L${n}`,
    owner: "ana",
    channel: "ads",
    contact_sealed: sealed,
    ...change,
  }) as SalesEvent;

/** One append an event, a second apart. */
const append = async (...events: ReadonlyArray<SalesEvent>): Promise<void> => {
  for (const event of events) {
    nowMs += 1_000;
    await log.append([{ topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) }]);
  }
};

const until = async (what: () => boolean): Promise<void> => {
  for (let waitedMs = 0; !what() && waitedMs < 10_000; waitedMs += 5) await sleep(5);
  expect(what()).toBe(true);
};

const subjects = (feed: LiveEventFeed, since = 0): ReadonlyArray<string> =>
  feed.events(since).map(({ subject }) => subject);
const leads = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => lead(from + n));

test("a feed begins with the last 50 events of all partitions, oldest first, and goes on from there", async () => {
  await append(...leads(0, 70));
  const feed = await startFeed();
  expect(subjects(feed)).toEqual(leads(20, 70).map(keyOf));
  const last = feed.events(0).at(-1)?.seq ?? 0;
  await append(lead(70));
  await until(() => subjects(feed, last).length === 1);
  const line = { kind: "lead_created", subject: "L70", by: "ana", detail: "ads", occurredAtMs: nowMs - 2_000 };
  expect(feed.events(last)).toEqual([{ seq: last + 1, ...line }]);
  expect(subjects(feed)).toHaveLength(50);
});

test("no line of the feed holds anything of the contact", async () => {
  await append(lead(1));
  const feed = await startFeed();
  const text = JSON.stringify(feed.events(0));
  expect(text).toContain("L1");
  expect(text).not.toMatch(/ana@|700 000|sealed/);
});

test("an event delivered twice is shown once, a corrected one as such, a late one with by how much", async () => {
  const feed = await startFeed();
  const first = lead(1);
  await append(first, first, lead(1, { revision: 1 }), lead(2, { occurred_at: startMs - 3_600_000 }));
  await until(() => subjects(feed).length === 3);
  expect(feed.events(0).map(({ kind, lateByMs }) => [kind, lateByMs])).toEqual([
    ["lead_created", undefined],
    ["corrected", undefined],
    ["lead_created", 3_604_000],
  ]);
});

test("bytes that are no event are passed over", async () => {
  const feed = await startFeed();
  await log.append([{ topic: "leadwire.funnel", key: Buffer.from("x"), value: Buffer.from([0, 0, 0, 0, 9, 1, 2]) }]);
  await append(lead(1));
  await until(() => subjects(feed).length === 1);
});

test("says once when the log has activities", async () => {
  const feed = await startFeed();
  let told = 0;
  feed.onActivity(() => {
    told += 1;
  });
  const head = { source_system: "phone", occurred_at: nowMs, revision: 0, voided: false, lead_id: "L1" };
  const call = { ...head, kind: "call", rep: "ana", direction: "outbound", automated: false } as const;
  await append(
    { type: "activity-logged", event_id: "a", ...call },
    { type: "activity-logged", event_id: "b", ...call },
  );
  await until(() => subjects(feed).length === 2);
  expect(told).toBe(1);
  feed.onActivity(() => {
    told += 1;
  });
  expect(told).toBe(2);
});
