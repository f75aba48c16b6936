import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type AlertRecord,
  alertsTopic,
  derivedRegistry,
  encodeAlert,
  type NotificationPlanned,
} from "@leadwire/events";
import { sampleChange } from "@leadwire/events/testing";
import { type EventLog, openEmbeddedLog } from "@leadwire/log";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logWith } from "../testing/log-with.ts";
import { AlertRuntime } from "./alert-runtime.ts";
import type { OwnerDecisions, PartitionState } from "./partition-state.ts";

const partitions = 3;
const waitTerms = { timeout: 15_000, interval: 5 };

const changed = (id: string, epoch: number): AlertRecord => ({
  name: "alert-changed",
  record: sampleChange({ transition_id: id, epoch, fingerprint: id }),
});

const planned = (id: string, epoch: number): NotificationPlanned => ({
  key: `key of ${id}`,
  epoch,
  receiver: "ops",
  group_key: "all",
  group: {},
  kind: "changed",
  transitions: [id],
  alerts: [id],
  planned_at: 0,
});

/** Knows which transitions and plans count: those of the newest claim's epoch, or before it. */
class NotedState implements PartitionState {
  readonly transitions = new Set<string>();
  readonly silences = new Set<string>();
  private readonly plans = new Map<string, NotificationPlanned>();
  private epoch = 0;

  readonly apply = ({ name, record }: AlertRecord): void => {
    if (name === "alerts-claimed") this.epoch = Math.max(this.epoch, record.epoch);
    if (name === "alerts-silenced") this.silences.add(record.silence_id);
    if ("epoch" in record && record.epoch < this.epoch) return;
    if (name === "alert-changed") this.transitions.add(record.transition_id);
    if (name === "notification-planned") this.plans.set(record.key, record);
    if (name === "notification-settled") this.plans.delete(record.key);
  };

  readonly unsettled = (): ReadonlyArray<NotificationPlanned> => [...this.plans.values()];
}

/** A copy of the service whose every partition wants the same transitions, told by the test. */
const openCopy = (name: string, log: EventLog, wanted: ReadonlySet<string>, settles = true) => {
  const sent: Array<string> = [];
  const notices: Array<string> = [];
  const failures: Array<unknown> = [];
  const decide = (state: PartitionState, epoch: number, partition: number): OwnerDecisions => ({
    step: () =>
      [...wanted].flatMap((each) => {
        const id = `${each}/${partition}`;
        if (!(state instanceof NotedState) || state.transitions.has(id)) return [];
        return [changed(id, epoch), { name: "notification-planned", record: planned(id, epoch) }];
      }),
    nextDueMs: () => Number.POSITIVE_INFINITY,
    end: () => undefined,
  });
  const runtime: AlertRuntime = new AlertRuntime({
    log,
    registry: derivedRegistry,
    partitions,
    generation: "g",
    ownerName: name,
    nowMs: () => Math.floor(performance.now()),
    openState: () => new NotedState(),
    decide,
    isLive: () => true,
    send: ({ key }, partition) => {
      sent.push(key);
      const settlement = {
        key,
        receiver: "ops",
        outcome: "delivered",
        attempts: 1,
        detail: "",
        settled_at: 0,
      } as const;
      if (settles) queueMicrotask(() => runtime.settle(partition, settlement));
    },
    drop: () => undefined,
    onAppended: () => undefined,
    onPass: () => undefined,
    onNotice: (text) => notices.push(text),
    onFailure: (cause) => failures.push(cause),
  });
  return { runtime, sent, notices, failures };
};

const keysOf = (id: string): ReadonlyArray<string> =>
  Array.from({ length: partitions }, (_, partition) => `key of ${id}/${partition}`);

/** Its member of the group has every partition, whatever others have: as one that was asleep believes. */
const alwaysOwning = (log: EventLog): EventLog =>
  logWith(log, {
    join: async (_group, _topics, listener) => {
      await listener.onAssigned(
        Array.from({ length: partitions }, (_, partition) => ({ topic: alertsTopic, partition })),
      );
      return async () => undefined;
    },
  });

let folder: string;
let log: EventLog;
const running: Array<AlertRuntime> = [];
const start = async (...copy: Parameters<typeof openCopy>) => {
  const opened = openCopy(...copy);
  running.push(opened.runtime);
  await opened.runtime.start();
  return opened;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "alert-runtime-"));
  log = await openEmbeddedLog({ folder, nowMs: () => Math.floor(performance.now()) });
  await log.ensureTopics([{ name: alertsTopic, partitions }]);
});
afterEach(async () => {
  for (const runtime of running.splice(0)) await runtime.stop();
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

const keys = (sent: ReadonlyArray<string>): ReadonlyArray<string> => [...sent].sort();

describe("the owners of partitions", () => {
  it("decide once between them, and the one that stays goes on for the one that leaves", async () => {
    const wanted = new Set(["first"]);
    const one = await start("one", log, wanted);
    const two = await start("two", log, wanted);
    await vi.waitFor(() => expect(keys([...one.sent, ...two.sent])).toEqual(keysOf("first")), waitTerms);
    expect(keys([...one.runtime.owned, ...two.runtime.owned].map(String))).toEqual(["0", "1", "2"]);
    await one.runtime.stop();
    wanted.add("second");
    two.runtime.wake();
    await vi.waitFor(() => expect(keys(two.sent)).toEqual(expect.arrayContaining([...keysOf("second")])), waitTerms);
    expect(keys([...one.sent, ...two.sent])).toEqual(keys([...keysOf("first"), ...keysOf("second")]));
  });

  it("send what was planned and not settled again, under the same keys", async () => {
    const wanted = new Set(["first"]);
    const one = await start("one", log, wanted, false);
    await vi.waitFor(() => expect(keys(one.sent)).toEqual(keysOf("first")), waitTerms);
    await one.runtime.stop();
    const two = await start("two", log, wanted);
    await vi.waitFor(() => expect(keys(two.sent)).toEqual(keysOf("first")), waitTerms);
    await two.runtime.stop();
    const three = await start("three", log, wanted);
    expect(three.sent).toEqual([]);
  });

  it("send nothing of what they decided after another claimed the partition, though they had not heard of it", async () => {
    const gate = Promise.withResolvers<void>();
    let isAsleep = false;
    const sleepy = logWith(alwaysOwning(log), {
      append: async (records) => {
        // Asleep between the decision and the write: what it knows is from before.
        if (isAsleep) await gate.promise;
        return log.append(records);
      },
      waitForData: async (places, ms, signal) => {
        if (isAsleep) await gate.promise;
        return log.waitForData(places, ms, signal);
      },
    });
    const staleWants = new Set<string>();
    const stale = await start("stale", sleepy, staleWants);
    isAsleep = true;
    staleWants.add("late");
    stale.runtime.wake();
    const fresh = await start("fresh", alwaysOwning(log), new Set(["new"]));
    await vi.waitFor(() => expect(keys(fresh.sent)).toEqual(keysOf("new")), waitTerms);
    gate.resolve();
    await vi.waitFor(() => expect(stale.notices).toHaveLength(partitions), waitTerms);
    expect(stale.sent).toEqual([]);
    expect(stale.runtime.owned).toEqual([]);
    expect(stale.failures).toEqual([]);
    for (const state of fresh.runtime.states) {
      await vi.waitFor(() => expect(fresh.runtime.owned).toHaveLength(partitions), waitTerms);
      expect(state instanceof NotedState && [...state.transitions].filter((id) => id.startsWith("late"))).toEqual([]);
    }
  });

  it("decide again from the log where an append fails", async () => {
    let failures = 0;
    const failing = logWith(log, {
      append: async (records) => {
        if (records.length > 1 && failures < 2) {
          failures += 1;
          throw new Error("no room left");
        }
        return log.append(records);
      },
    });
    const one = await start("one", failing, new Set(["first"]));
    await vi.waitFor(() => expect(keys(one.sent)).toEqual(keysOf("first")), waitTerms);
    expect(one.notices).toHaveLength(2);
  });

  it("fold again what others wrote before their own records, and send each plan once", async () => {
    const silence: AlertRecord = {
      name: "alerts-silenced",
      record: {
        silence_id: "s",
        matchers: [],
        author: "ana",
        comment: "",
        starts_at: 0,
        ends_at: 1,
        set_at: 0,
      },
    };
    const value = encodeAlert(silence);
    const crossed = logWith(log, {
      append: async (records) => {
        const partition = records[0]?.partition;
        if (records.length > 1 && partition !== undefined)
          await log.append([{ topic: alertsTopic, partition, key: null, value }]);
        return log.append(records);
      },
    });
    const one = await start("one", crossed, new Set(["first"]));
    await vi.waitFor(() => expect(keys(one.sent)).toEqual(keysOf("first")), waitTerms);
    await sleep(20);
    expect(keys(one.sent)).toEqual(keysOf("first"));
    expect(one.runtime.states.map((state) => state instanceof NotedState && [...state.silences])).toEqual(
      Array.from({ length: partitions }, () => ["s"]),
    );
  });
});
