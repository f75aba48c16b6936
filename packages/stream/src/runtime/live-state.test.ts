import { dayMs, derivedRegistry, encodeControl, encodeEvent } from "@leadwire/events";
import { numberedRegistry } from "@leadwire/events/testing";
import { defaultWorkspace } from "@leadwire/funnel";
import type { KpiAnswer, SliceRecord } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { encodeBatch, type Partition } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { beforeEach, describe, expect, test } from "vitest";
import { AvroWriter } from "../core/codec/avro-writer.ts";
import { derivedIds } from "../core/codec/derived-ids.ts";
import { writeFrame } from "../core/codec/frame.ts";
import { encodeHeartbeat, type Heartbeat } from "../core/codec/heartbeat-codec.ts";
import { origins } from "../core/codec/origin.ts";
import { leadCreated } from "../testing/sample-events.ts";
import { LiveFreshness } from "./live-freshness.ts";
import { LiveState } from "./live-state.ts";

const edgeMs = Date.parse("2026-03-20T10:30:00Z");
const today = Date.parse("2026-03-20T00:00:00Z");
const funnel = { topic: "leadwire.funnel", partition: 0 };
const spend = { topic: "leadwire.spend", partition: 0 };

let state: LiveState;
beforeEach(() => {
  state = new LiveState({ workspace: defaultWorkspace, catalogue, dimensions: ["owner"], tasks: [funnel, spend] });
});

const slice = (change: Partial<SliceRecord>): SliceRecord => ({
  measure: "leads_created",
  dimension: "company",
  value: "",
  granularity: "day",
  startMs: today - dayMs,
  bin: null,
  origin: "funnel",
  partition: 0,
  version: 1,
  count: 1,
  sum: 0,
  ...change,
});

/** One fact's slices at every granularity. */
const everywhere = (atMs: number, change: Partial<SliceRecord>): ReadonlyArray<SliceRecord> => [
  slice({ ...change, granularity: "minute", startMs: atMs - (atMs % 60_000) }),
  slice({ ...change, granularity: "hour", startMs: atMs - (atMs % 3_600_000) }),
  slice({ ...change, granularity: "day", startMs: atMs - (atMs % dayMs) }),
];

const ask = (metric: string, window: string, by?: string, nowMs = edgeMs): ReadonlyArray<KpiAnswer> | string => {
  const atMs = metric.startsWith("pipeline") ? edgeMs : edgeMs - 1;
  const checked = state.check({ metric, window, atMs, by: by === undefined ? [] : [by] });
  if (isLeft(checked)) throw new Error(checked.left.message);
  const answer = state.answer(state.plan(checked.right), nowMs);
  return isLeft(answer) ? answer.left._tag : answer.right;
};

const numberOf = (metric: string, window: string): number | null | string => {
  const answer = ask(metric, window);
  return typeof answer === "string" ? answer : (answer[0]?.value ?? null);
};

describe("slices", () => {
  test("the highest version of a slice counts, in whatever order and how often it is told", () => {
    const [old, middle, newest] = [1, 2, 3].map((version) => slice({ version, count: 10 * version }));
    for (const told of [middle, newest, old, newest, middle]) if (told !== undefined) state.applySlices([told]);
    expect(numberOf("new_leads", "2026-03-19")).toBe(30);
  });

  test("what several tasks know of one slice adds up", () => {
    state.applySlices([
      slice({ partition: 0, count: 2 }),
      slice({ partition: 1, count: 3 }),
      slice({ partition: 1, origin: "accounts", count: 5 }),
    ]);
    expect(numberOf("new_leads", "2026-03-19")).toBe(10);
  });

  test("a slice that is empty again leaves no group", () => {
    const ofAna = slice({ dimension: "owner", value: "ana" });
    const ofBen = slice({ dimension: "owner", value: "ben" });
    state.applySlices([ofAna, ofBen, { ...ofAna, version: 2, count: 0 }]);
    const answers = ask("new_leads", "2026-03-19", "owner");
    expect(typeof answers === "string" ? answers : answers.map(({ group, value }) => [group, value])).toEqual([
      [{ owner: "ben" }, 1],
    ]);
  });

  test("a late change of long ago changes a level that was asked before", () => {
    const open = { measure: "open_pipeline", sum: 100 };
    state.applySlices([400, 300, 200, 100, 90, 1].map((ago) => slice({ ...open, startMs: today - ago * dayMs })));
    expect(numberOf("pipeline_value", "all")).toBe(600);
    state.applySlices([slice({ ...open, startMs: today - 300 * dayMs, version: 2, sum: 7 })]);
    expect(numberOf("pipeline_value", "all")).toBe(507);
    state.applySlices([slice({ ...open, startMs: today - 250 * dayMs, sum: 20 })]);
    expect(numberOf("pipeline_value", "all")).toBe(527);
  });

  test("a dimension that is not held is refused, not answered with nothing", () => {
    state.applySlices([slice({ dimension: "channel", value: "web" })]);
    expect(ask("new_leads", "2026-03-19", "channel")).toBe("NotServed");
    expect(ask("new_leads", "2026-03-19", "owner")).toEqual([]);
  });

  test("what is held against a plan is refused: slices know no target", () => {
    state.applySlices([slice({})]);
    expect(ask("quota_attainment", "2026-03")).toBe("NotServed");
    expect(ask("forecast_accuracy", "2026-03")).toBe("NotServed");
  });

  test("an edge inside an hour is served from minutes, and refused once they are too old to be kept", () => {
    state.applySlices(everywhere(edgeMs - 30_000, { count: 4 }));
    expect(numberOf("new_leads", "1h")).toBe(4);
    expect(ask("new_leads", "1h", undefined, edgeMs + 50 * 3_600_000)).toBe("NotServed");
  });

  test("minutes of more than 49 hours ago and hours of more than 400 days ago take no memory", () => {
    state.applySlices([...everywhere(edgeMs - 60_000, {}), ...everywhere(edgeMs - dayMs, {})]);
    expect(state.slices.size).toBe(6);
    state.slices.advance(edgeMs + 40 * 3_600_000);
    expect(state.slices.size).toBe(5);
    state.slices.advance(edgeMs + 500 * dayMs);
    expect(state.slices.size).toBe(2);
    state.applySlices(everywhere(edgeMs - 2 * dayMs, {}));
    expect(state.slices.size).toBe(3);
  });

  test("a win that lies ahead of `at` is not counted in a cohort of before", () => {
    state.applySlices([slice({}), slice({ measure: "cohort_won" })]);
    expect(numberOf("conversion_rate", "2026-03-19")).toBe(1);
    state.applySlices(everywhere(edgeMs + 120_000, { measure: "deals_won" }));
    expect(numberOf("conversion_rate", "2026-03-19")).toBe("NotServed");
  });

  test("response metrics are null until the log is known to hold activities", () => {
    state.applySlices([slice({ measure: "sla_missed" })]);
    state.takeChange();
    expect(ask("response_within_sla", "2026-03-19")).toMatchObject([
      { value: null, flags: ["no_activity_data", "small_sample"] },
    ]);
    state.applySlices([slice({ measure: "sla_met" })]);
    expect(state.takeChange()?.activity).toBe(true);
    expect(numberOf("response_within_sla", "2026-03-19")).toBe(0.5);
  });
});

describe("records of the metrics topic", () => {
  interface Told {
    readonly partition?: number;
    readonly version?: number;
    readonly dimension?: string;
    readonly value?: string;
    readonly count?: number;
  }

  /** A day's slice as `schemas/slice-updated.avsc` lays it out. */
  const record = ({ partition = 3, version = 9, dimension = "company", value = "", count = 6 }: Told) => {
    const w = new AvroWriter();
    writeFrame(w, derivedRegistry.idOf("slice-updated"));
    for (const head of [origins.funnel, partition, version]) w.long(head);
    for (const text of ["leads_created", dimension, value]) w.text(text);
    w.long(2);
    w.long(today - dayMs);
    w.optionalLong(Number.NaN);
    w.long(count);
    w.long(0);
    return { key: Buffer.from("k"), value: Buffer.from(w.buffer.subarray(0, w.at)) };
  };

  test("are read from the offset on that is asked for", () => {
    const records = [record({ count: 1 }), record({ version: 10, count: 2 }), record({ partition: 4, count: 40 })];
    state.applyBatches(encodeBatch(records, 100, edgeMs), 101);
    expect(numberOf("new_leads", "2026-03-19")).toBe(42);
  });

  test("are read past what a stranger wrote between them", () => {
    const event = encodeEvent(leadCreated("L1", edgeMs));
    const strange = [Buffer.from("no slice"), Buffer.alloc(0), event].map((value) => ({ key: null, value }));
    state.applyBatches(encodeBatch([...strange, record({ count: 3 })], 0, edgeMs), 0);
    expect(numberOf("new_leads", "2026-03-19")).toBe(3);
  });

  test("overlap with what was stored without harm", () => {
    state.applySlices([slice({ partition: 3, version: 9, count: 6 })]);
    const records = [record({ version: 8, count: 5 }), record({}), record({ dimension: "owner", value: "Łucja" })];
    state.applyBatches(encodeBatch(records, 0, edgeMs), 0);
    expect(numberOf("new_leads", "2026-03-19")).toBe(6);
    expect(ask("new_leads", "2026-03-19", "owner")).toMatchObject([{ group: { owner: "Łucja" }, value: 6 }]);
  });

  test("tell what changed, once, and nothing where nothing did", () => {
    state.applyBatches(encodeBatch([record({}), record({ dimension: "channel", value: "web" })], 0, edgeMs), 0);
    const change = state.takeChange();
    expect(change?.fromDayMs).toEqual(new Map([["leads_created", today - dayMs]]));
    expect(change?.groups).toEqual(new Map([["leads_created/company", new Set([""])]]));
    state.applyBatches(encodeBatch([record({})], 2, edgeMs), 2);
    expect(state.takeChange()).toBeUndefined();
  });
});

test("lag is the age of what is read, else a silence, counted from when somebody began to listen", () => {
  const heard = new LiveFreshness([0, 1].map((partition) => ({ topic: "leadwire.funnel", partition })));
  const beat = (partition: number, position: number, appendTimeMs: number, atMs: number) =>
    heard.hear({ topic: "leadwire.funnel", partition, position, end: 10, appendTimeMs, newestEventMs: null }, atMs);
  const sinceMs = 1_000_000;
  expect(heard.lag(sinceMs + 5_000, sinceMs)).toEqual({ ms: 0, isAtLeast: true });
  // Words of the process before, a week ago.
  beat(0, 3, 10, 20);
  beat(1, 10, 10, 20);
  expect(heard.lag(sinceMs + 5_000, sinceMs)).toEqual({ ms: 0, isAtLeast: true });
  expect(heard.lag(sinceMs + 60_000, sinceMs)).toEqual({ ms: 60_000, isAtLeast: true });
  beat(0, 5, sinceMs - 90_000, sinceMs + 1_000);
  expect(heard.lag(sinceMs + 1_500, sinceMs)).toEqual({ ms: 91_500, isAtLeast: true });
  beat(1, 10, 10, sinceMs + 1_000);
  expect(heard.lag(sinceMs + 1_500, sinceMs)).toEqual({ ms: 91_500, isAtLeast: false });
  beat(0, 10, sinceMs, sinceMs + 2_000);
  expect(heard.lag(sinceMs + 2_500, sinceMs)).toEqual({ ms: 0, isAtLeast: false });
  expect(heard.lag(sinceMs + 9_000, sinceMs)).toEqual({ ms: 8_000, isAtLeast: false });
});

describe("freshness", () => {
  const hear = (atMs: number, ...beats: ReadonlyArray<Partial<Heartbeat>>): void => {
    const base: Heartbeat = { ...funnel, position: 10, end: 10, appendTimeMs: atMs, newestEventMs: atMs - 500 };
    const records = beats.map((beat) => ({ key: Buffer.from("b"), value: encodeHeartbeat({ ...base, ...beat }) }));
    state.applyBatches(encodeBatch(records, 0, atMs), 0);
  };

  test("is stale until every task was heard of, and once one has been silent for 5 s", () => {
    expect(state.freshness(edgeMs, true)).toEqual({ state: "stale", completeThroughMs: null, behindRecords: 0 });
    hear(edgeMs, {});
    expect(state.freshness(edgeMs, true).state).toBe("stale");
    hear(edgeMs, spend);
    expect(state.freshness(edgeMs + 5_000, true).state).toBe("live");
    hear(edgeMs + 4_000, {});
    expect(state.freshness(edgeMs + 5_001, true).state).toBe("stale");
  });

  test("is complete through the newest event once all is read", () => {
    hear(edgeMs, { newestEventMs: edgeMs - 9_000 }, { ...spend, newestEventMs: edgeMs - 7_000 });
    expect(state.freshness(edgeMs, true)).toEqual({
      state: "live",
      completeThroughMs: edgeMs - 7_000,
      behindRecords: 0,
    });
  });

  test("while behind, nothing newer than the append time of what is unread is claimed", () => {
    hear(edgeMs, { position: 4, end: 10, appendTimeMs: edgeMs - 60_000 }, { ...spend, position: 1, end: 3 });
    expect(state.freshness(edgeMs, true)).toEqual({
      state: "catching_up",
      completeThroughMs: edgeMs - 60_000,
      behindRecords: 8,
    });
  });

  test("is catching up while the view itself has heartbeats to read", () => {
    hear(edgeMs - dayMs, {}, spend);
    expect(state.freshness(edgeMs, false).state).toBe("catching_up");
  });

  test("an older word of a task changes nothing", () => {
    hear(edgeMs, { position: 10 }, spend);
    hear(edgeMs - 1_000, { position: 2, end: 10 });
    hear(edgeMs + 1_000, { position: 2, end: 10 });
    expect(state.freshness(edgeMs, true).state).toBe("live");
  });

  test("two owners' heartbeats in turns never take the newer one's word back, and end with it", () => {
    const quiet = { ...spend, newestEventMs: null };
    for (let s = 0; s < 20; s += 1) {
      const atMs = edgeMs + s * 500;
      if (s % 2 === 0) hear(atMs, { position: 100 + s, end: 100 + s, newestEventMs: atMs }, quiet);
      else hear(atMs, { position: 40, end: 60, appendTimeMs: edgeMs - dayMs, newestEventMs: edgeMs - dayMs }, quiet);
      expect(state.freshness(atMs, true)).toEqual({
        state: "live",
        completeThroughMs: edgeMs + (s - (s % 2)) * 500,
        behindRecords: 0,
      });
    }
    hear(edgeMs + 15_000, quiet);
    expect(state.freshness(edgeMs + 15_000, true).state).toBe("stale");
  });

  test("one silent task is enough to be stale, however lively the others are", () => {
    hear(edgeMs, {}, spend);
    for (let s = 1; s <= 5; s += 1) hear(edgeMs + s * 1_000, spend);
    expect(state.freshness(edgeMs + 5_000, true).state).toBe("live");
    hear(edgeMs + 5_001, spend);
    expect(state.freshness(edgeMs + 5_001, true).state).toBe("stale");
    hear(edgeMs + 5_002, {});
    expect(state.freshness(edgeMs + 5_002, true).state).toBe("live");
  });

  test("a position does not go back when the task folds again from further back, and the task counts as heard of", () => {
    const quiet = { ...spend, newestEventMs: null };
    hear(edgeMs, { position: 10, end: 10, newestEventMs: edgeMs - 500 }, quiet);
    hear(edgeMs + 8_000, { position: 2, end: 10, appendTimeMs: 0, newestEventMs: edgeMs - 9_000 }, quiet);
    expect(state.freshness(edgeMs + 9_000, true)).toEqual({
      state: "live",
      completeThroughMs: edgeMs - 500,
      behindRecords: 0,
    });
    hear(edgeMs + 9_000, { position: 4, end: 13, appendTimeMs: 1 }, quiet);
    expect(state.freshness(edgeMs + 9_000, true)).toMatchObject({ state: "catching_up", behindRecords: 3 });
  });
});

describe("while tasks have to tell their slices again", () => {
  const served = (topic: Partition, requestsServed: number, atMs = edgeMs, position = 10): void => {
    const beat = { ...topic, position, end: 10, appendTimeMs: atMs, newestEventMs: atMs, requestsServed };
    state.applyBatches(encodeBatch([{ key: null, value: encodeHeartbeat(beat) }], 0, atMs), 0);
  };
  const seen = () => {
    const { state: found, completeThroughMs } = state.freshness(edgeMs, true);
    return [found, completeThroughMs, state.gaps.untoldTasks];
  };

  test("nothing is complete until each task of the partition has served the request", () => {
    for (const task of [funnel, spend]) served(task, 4);
    expect(seen()).toEqual(["live", edgeMs, 0]);
    state.gaps.lost(0);
    state.gaps.asked(0, 5);
    expect(seen()).toEqual(["catching_up", null, 2]);
    for (const task of [funnel, spend]) served(task, 4);
    expect(seen()).toEqual(["catching_up", null, 2]);
    served(funnel, 5);
    expect(seen()).toEqual(["catching_up", null, 1]);
    served(spend, 9);
    expect(seen()).toEqual(["live", edgeMs, 0]);
  });

  test("an answer from further back than was heard before does not count: it has not told what is known to be there", () => {
    for (const task of [funnel, spend]) served(task, 0);
    state.gaps.lost(0);
    state.gaps.asked(0, 5);
    served(spend, 5);
    served(funnel, 5, edgeMs, 3);
    expect(seen()).toEqual(["catching_up", null, 1]);
    served(funnel, 5);
    expect(seen()).toEqual(["live", edgeMs, 0]);
  });

  test("a request is out once at a time, and what was lost meanwhile is asked for after it", () => {
    state.gaps.lost(0);
    expect(state.gaps.takeToAsk()).toEqual([0]);
    for (const task of [funnel, spend]) served(task, 100);
    expect(state.gaps.untoldTasks).toBe(2);
    state.gaps.asked(0, 5);
    state.gaps.lost(0);
    expect(state.gaps.takeToAsk()).toEqual([]);
    for (const task of [funnel, spend]) served(task, 100);
    expect([state.gaps.takeToAsk(), state.gaps.untoldTasks]).toEqual([[0], 2]);
    state.gaps.asked(0, 101);
    for (const task of [funnel, spend]) served(task, 101);
    expect([state.gaps.takeToAsk(), state.gaps.untoldTasks]).toEqual([[], 0]);
  });
});

describe("records of the topic", () => {
  const heartbeat: Heartbeat = { ...funnel, position: 1, end: 1, appendTimeMs: edgeMs, newestEventMs: edgeMs };

  test("a task's line of the ledger is none of the view's business", () => {
    const value = encodeControl({ name: "ledger-updated", record: { ...funnel, position: 1, entries: [] } });
    state.applyBatches(encodeBatch([{ key: null, value }], 0, edgeMs), 0);
    expect(state.takeChange()).toBeUndefined();
  });

  test("are read under the ids of a registry and under derived ones", () => {
    const registry = numberedRegistry();
    const settings = { workspace: defaultWorkspace, catalogue, tasks: [funnel] };
    const values = [encodeHeartbeat(heartbeat, derivedIds(registry)), encodeHeartbeat(heartbeat)];
    for (const value of values) {
      const view = new LiveState({ ...settings, registry });
      view.applyBatches(encodeBatch([{ key: null, value }], 0, edgeMs), 0);
      expect(view.freshness(edgeMs, true).state).toBe("live");
    }
  });
});
