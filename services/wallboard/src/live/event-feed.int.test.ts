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

test("deals won while the feed runs are told apart, those read back, imported or corrected are not", async () => {
  const won = (n: number, change: Partial<SalesEvent> = {}): SalesEvent =>
    ({
      type: "deal-closed",
      event_id: `w${n}`,
      source_system: "crm",
      occurred_at: nowMs,
      revision: 0,
      voided: false,
      lead_id: `L${n}`,
      deal_id: `D${n}`,
      owner: "ana",
      outcome: "won",
      amount_minor: 100 * n,
      currency: "EUR",
      lines: [],
      ...change,
    }) as SalesEvent;
  await append(won(1));
  const feed = await startFeed();
  await append(won(2), won(2), won(2, { revision: 1 }), won(3, { outcome: "lost" } as Partial<SalesEvent>));
  const imported = won(4);
  const { type } = imported;
  const bytes = { key: Buffer.from(keyOf(imported)), value: encodeEvent(imported) };
  await log.append([{ topic: topicOf(type), ...bytes, headers: { backfill: "import-1" } }]);
  await append(won(5));
  await until(() => feed.wins(0).length === 2);
  expect(feed.wins(0).map(({ id, amountMinor, owner }) => [id, amountMinor, owner])).toEqual([
    ["crm/w2", 200, "ana"],
    ["crm/w5", 500, "ana"],
  ]);
  expect(feed.events(0).filter(({ kind }) => kind === "won")).toHaveLength(4);
  expect(feed.wins(feed.wins(0)[0]?.seq ?? 0).map(({ deal }) => deal)).toEqual(["D5"]);
});

test("a kind of which there is little is not pushed out by one of which there is much", async () => {
  const feed = await startFeed();
  const voided = lead(1000, { revision: 1, voided: true });
  await append(voided);
  await append(...leads(0, 120));
  await until(() => subjects(feed).includes("L119"));
  const kinds = Map.groupBy(feed.events(0), ({ kind }) => kind);
  expect([kinds.get("corrected")?.length, kinds.get("lead_created")?.length]).toEqual([1, 50]);
});
