import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  dayMs,
  encodeEvent,
  factsTopic,
  keyOf,
  metricsTopic,
  quarantineTopic,
  type SalesEvent,
  topicOf,
} from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { taskTopics } from "../core/task-inputs.ts";
import { LiveView, type LiveViewOptions } from "./live-view.ts";
import { Runner } from "./runner.ts";
import { StateStore } from "./state-store.ts";

const generation = "g";
const partitions = 2;
const workspace = defaultWorkspace;
const metrics = metricsTopic(generation);

let folder: string;
let nowMs: number;
let log: EmbeddedLog;
let store: StateStore;
let runner: Runner;
let failures: Array<unknown>;
let views: Array<LiveView>;
const onFailure = (cause: unknown): void => void failures.push(cause);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-live-"));
  nowMs = Date.parse("2026-03-20T10:30:00Z");
  [failures, views] = [[], []];
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs: () => nowMs });
  const kept = [...taskTopics(generation), quarantineTopic, factsTopic(generation)].map((name) => ({
    name,
    partitions,
  }));
  await log.ensureTopics([...kept, { name: metrics, partitions, retentionMs: dayMs }]);
  store = new StateStore(join(folder, "state"));
  const shared = { log, store, workspace, generation, partitions, nowMs: () => nowMs, onFailure };
  runner = new Runner({ ...shared, measures: catalogue.measures, limits: { heartbeatEveryMs: 20 } });
});

afterEach(async () => {
  for (const view of views) await view.stop();
  await runner.stop();
  await store.close();
  await log.close();
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
});

const viewOf = (options: Partial<LiveViewOptions> = {}): LiveView => {
  const shared = { log, generation, partitions, workspace, catalogue, nowMs: () => nowMs, onFailure };
  const view = new LiveView({ ...shared, ...options });
  views.push(view);
  return view;
};

const append = async (from: number, to: number): Promise<void> => {
  const events = Array.from({ length: to - from }, (_, n): SalesEvent => {
    const head = { event_id: `e${from + n}`, source_system: "web", revision: 0, voided: false };
    return { type: "lead-created", ...head, occurred_at: nowMs - 1_000, lead_id: `L${from + n}` };
  });
  await log.append(
    events.map((event) => ({
      topic: topicOf(event.type),
      key: Buffer.from(keyOf(event)),
      value: encodeEvent(event),
    })),
  );
};

const newLeads = (view: LiveView): number | null => {
  const answer = view.ask({ metric: "new_leads", window: "all", atMs: nowMs - (nowMs % 60_000) + 59_999 });
  if (isLeft(answer)) throw new Error(answer.left.message);
  return answer.right[0]?.value ?? null;
};

const until = async (what: () => boolean): Promise<void> => {
  for (let waitedMs = 0; !what() && waitedMs < 10_000; waitedMs += 5) await sleep(5);
  expect(what()).toBe(true);
};

/** A hundred leads of ten days ago, by each partition: as if they had been stored long ago. */
const stored: ReadonlyArray<SliceRecord> = [0, 1].map((partition) => ({
  measure: "leads_created",
  dimension: "company",
  value: "",
  granularity: "day",
  startMs: Date.parse("2026-03-10T00:00:00Z"),
  bin: null,
  origin: "funnel",
  partition,
  version: 0,
  count: 100,
  sum: 0,
}));

test("a view that starts late knows what one that followed all along knows, and says when it is live", async () => {
  const early = viewOf();
  await early.start();
  expect(early.freshness().state).toBe("stale");
  await runner.start();
  await append(0, 30);
  await until(() => newLeads(early) === 30);
  nowMs += 1_000; // The tasks beat again, now that they are idle.
  await append(30, 31);
  await until(() => newLeads(early) === 31 && early.freshness().state === "live");
  const late = viewOf();
  await late.start();
  expect(newLeads(late)).toBe(31);
  await append(31, 50);
  await until(() => newLeads(early) === 50 && newLeads(late) === 50);
});

test("listeners are told of batches, not of events, and no more after they left", async () => {
  const view = viewOf();
  await view.start();
  await runner.start();
  const told = { left: 0, stayed: 0 };
  const leave = view.onChange(({ fromDayMs }) => {
    if (fromDayMs.has("leads_created")) told.left += 1;
  });
  view.onChange(({ fromDayMs }) => {
    if (fromDayMs.has("leads_created")) told.stayed += 1;
  });
  await append(0, 20);
  await until(() => newLeads(view) === 20);
  expect(told.left).toBeGreaterThan(0);
  expect(told.left).toBeLessThan(10);
  leave();
  const before = told.left;
  await append(20, 30);
  await until(() => newLeads(view) === 30);
  expect(told.left).toBe(before);
  expect(told.stayed).toBeGreaterThan(before);
});

test("slices that were loaded go together with what the topic says from their positions on", async () => {
  await runner.start();
  const first = viewOf();
  await first.start();
  await append(0, 10);
  await until(() => newLeads(first) === 10);
  const ends = await Promise.all([0, 1].map((partition) => log.bounds({ topic: metrics, partition })));
  const positions = new Map(ends.map(({ end }, partition) => [partition, end]));
  const behind = viewOf({ loadSlices: async () => ({ positions, slices: stored }) });
  await behind.start();
  expect(newLeads(behind)).toBe(200);
  const overlapping = viewOf({ loadSlices: async () => ({ positions: new Map(), slices: stored }) });
  await overlapping.start();
  expect(newLeads(overlapping)).toBe(210);
  await append(10, 12);
  await until(() => newLeads(overlapping) === 212);
});

test("others get their turns while many slices are loaded, and none is missed", async () => {
  let [turns, turnsAtEnd] = [0, 0];
  function* many(): Generator<SliceRecord> {
    for (let day = 0; day < 1_300; day += 1)
      for (const slice of stored) yield { ...slice, startMs: slice.startMs - day * dayMs, count: 1 };
    turnsAtEnd = turns;
  }
  const view = viewOf({
    loadSlices: async () => ({ positions: new Map(), slices: many() }),
    breathe: async () => {
      turns += 1;
    },
  });
  await view.start();
  expect(turnsAtEnd).toBe(5);
  expect(newLeads(view)).toBe(2_600);
});

test("a view whose place has expired says so, and has everything once the tasks restate", async () => {
  await runner.start();
  const first = viewOf();
  await first.start();
  await append(0, 10);
  await until(() => newLeads(first) === 10);
  nowMs += 3 * dayMs;
  await append(10, 20);
  await until(() => newLeads(first) === 20);
  await log.expire(nowMs);
  const expired: Array<number> = [];
  const late = viewOf({
    loadSlices: async () => ({ positions: new Map([0, 1].map((partition) => [partition, 0])), slices: [] }),
    onExpired: async (partition) => {
      expired.push(partition);
      for (const task of runner.tasks) if (task.partition === partition) task.restateSlices();
      return 0;
    },
  });
  await late.start();
  expect(expired.toSorted()).toEqual([0, 1]);
  await append(20, 40);
  await until(() => newLeads(late) === 40);
});
