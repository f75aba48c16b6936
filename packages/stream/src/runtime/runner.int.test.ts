import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  controlTopic,
  dayMs,
  derivedRegistry,
  encodeEvent,
  factsTopic,
  keyOf,
  metricsTopic,
  quarantineTopic,
  type SalesEvent,
  topicOf,
} from "@leadwire/events";
import { numberedRegistry } from "@leadwire/events/testing";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type AssignmentListener, type EmbeddedLog, type EventLog, openEmbeddedLog, RecordCursor } from "@leadwire/log";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decodeHeartbeat, isHeartbeat } from "../core/codec/heartbeat-codec.ts";
import { stateHead } from "../core/partition-task.ts";
import { stateLayout } from "../core/state/task-state.ts";
import { taskTopics } from "../core/task-inputs.ts";
import { leadCreated, spent, touched } from "../testing/sample-events.ts";
import { plainSlices, toldFactChanges, toldSlices } from "../testing/told-slices.ts";
import { requestRestate } from "./request-restate.ts";
import { Runner, type RunnerOptions } from "./runner.ts";
import { StateSnapshots } from "./state-snapshots.ts";
import { StateStore } from "./state-store.ts";

const settings = { workspace: defaultWorkspace, measures: catalogue.measures, generation: "g", partitions: 2 };
const { generation, partitions } = settings;
const funnel = { topic: "leadwire.funnel", partition: 0 };
const all = taskTopics(generation).flatMap((topic) => [0, 1].map((partition) => ({ topic, partition })));

let folder: string;
let nowMs: number;
let log: EmbeddedLog;
let failures: Array<unknown>;
let notices: Array<string>;
let machines: Array<{ readonly runner: Runner; readonly store: StateStore }>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-runner-"));
  nowMs = Date.parse("2026-03-20T10:30:00Z");
  [failures, notices, machines] = [[], [], []];
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs: () => nowMs });
  const topics = [...taskTopics(generation), quarantineTopic, factsTopic(generation), metricsTopic(generation)];
  await log.ensureTopics([...topics.map((name) => ({ name, partitions })), { name: controlTopic, partitions: 1 }]);
});

afterEach(async () => {
  for (const { runner, store } of machines) {
    await runner.stop();
    await store.close();
  }
  await log.close();
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
});

const append = async (events: ReadonlyArray<SalesEvent>): Promise<void> => {
  const records = events.map((event) => ({
    topic: topicOf(event.type),
    key: Buffer.from(keyOf(event)),
    value: encodeEvent(event),
  }));
  await log.append(records);
};

/** Leads by number, each answered after a minute. */
const leads = (from: number, to: number): ReadonlyArray<SalesEvent> =>
  Array.from({ length: to - from }, (_, n) => `L${from + n}`).flatMap((lead) => [
    leadCreated(lead, nowMs - 120_000),
    touched(lead, "a", nowMs - 60_000),
  ]);

const snapshotsOver = (store: StateStore): StateSnapshots =>
  new StateSnapshots({
    folder: join(folder, "snapshots"),
    generation,
    store,
    writer: "test",
    nowMs: () => Date.now(),
    onNotice: (text) => void notices.push(text),
  });

interface Machine {
  readonly runner: Runner;
  readonly store: StateStore;
  readonly snapshots: StateSnapshots;
}

/** A processor with a disk of its own; asked again by the same name, with the disk it had. */
const machine = (name: string, more: Partial<RunnerOptions> = {}): Machine => {
  const store = new StateStore(join(folder, name));
  const snapshots = snapshotsOver(store);
  const runner = new Runner({
    ...settings,
    log,
    store,
    snapshots,
    followsRequests: true,
    nowMs: () => nowMs,
    onFailure: (cause) => void failures.push(cause),
    limits: { commitEveryMs: 0, heartbeatEveryMs: 20 },
    ...more,
  });
  machines.push({ runner, store });
  return { runner, store, snapshots };
};

const stop = async ({ runner, store }: Machine): Promise<void> => {
  machines = machines.filter((each) => each.runner !== runner);
  await runner.stop();
  await store.close();
};

/** Waits until the runners have told all that is in the log, twice: account tasks read what the others write. */
const settled = async (...runners: ReadonlyArray<Runner>): Promise<void> => {
  const ends = async () =>
    new Map(
      await Promise.all(
        all.map(async (place) => [`${place.topic}/${place.partition}`, (await log.bounds(place)).end] as const),
      ),
    );
  for (let pass = 0; pass < 2; pass += 1) {
    const offsets = await ends();
    await expect.poll(() => runners.every((runner) => runner.hasTold(offsets)), { interval: 5 }).toBe(true);
  }
};

const asToldOnce = async (): Promise<void> => {
  expect(await toldSlices(log, settings)).toEqual(await plainSlices(log, settings));
};

/** The log, with the group in the test's hands: who joins is given `first`. */
const withGroup = (first = all): { readonly log: EventLog; readonly listener: () => AssignmentListener } => {
  let joined: AssignmentListener | undefined;
  const listener = (): AssignmentListener => {
    if (joined === undefined) throw new Error("nobody has joined");
    return joined;
  };
  const handed: EventLog = {
    ensureTopics: (topics) => log.ensureTopics(topics),
    topics: () => log.topics(),
    append: (records) => log.append(records),
    appendBatches: (batches) => log.appendBatches(batches),
    read: (place, from, maxBytes) => log.read(place, from, maxBytes),
    bounds: (place) => log.bounds(place),
    boundsOf: (places) => log.boundsOf(places),
    waitForData: (positions, timeoutMs, signal) => log.waitForData(positions, timeoutMs, signal),
    join: async (_group, _topics, given) => {
      joined = given;
      await given.onAssigned(first);
      return () => given.onRevoked(all);
    },
    close: () => log.close(),
  };
  return { log: handed, listener };
};

describe("a rebalance", () => {
  test("that gives everything back loads nothing: the tasks go on where they were", async () => {
    const group = withGroup();
    const { runner } = machine("a", { log: group.log });
    await append(leads(0, 50));
    await runner.start();
    await settled(runner);
    const before = runner.tasks;
    await group.listener().onRevoked(all);
    expect(runner.tasks).toEqual([]);
    expect(runner.progress()).toMatchObject({ ready: false, rebalances: 1 });
    await append(leads(50, 60));
    await group.listener().onAssigned(all);
    expect(runner.tasks.every((task) => before.includes(task))).toBe(true);
    await settled(runner);
    await asToldOnce();
    expect(runner.progress().sources).toEqual({ parked: all.length, local: 0, snapshot: 0, log: all.length });
  });

  test("lets go of what went to others, and continues from disk when that comes back later", async () => {
    const group = withGroup();
    const { runner } = machine("a", { log: group.log });
    await append(leads(0, 50));
    await runner.start();
    await settled(runner);
    const [first, ...others] = all;
    if (first === undefined) throw new Error("there are partitions");
    await group.listener().onRevoked(all);
    await group.listener().onAssigned(others);
    expect(runner.tasks.length).toBe(all.length - 1);
    await group.listener().onRevoked(others);
    await group.listener().onAssigned(all);
    await append(leads(50, 60));
    await settled(runner);
    await asToldOnce();
    expect(runner.progress().sources).toEqual({ parked: 2 * others.length, local: 1, snapshot: 0, log: all.length });
  });

  test("tells how far its copies reach, and that those in memory are at hand", async () => {
    const group = withGroup();
    const { runner } = machine("a", { log: group.log });
    await append(leads(0, 50));
    await runner.start();
    await settled(runner);
    const { end } = await log.bounds(funnel);
    const told = () =>
      group
        .listener()
        .copies?.()
        .find((copy) => copy.topic === funnel.topic && copy.partition === 0);
    await group.listener().onRevoked(all);
    expect(told()).toEqual({ ...funnel, offset: end + 1 });
    await group.listener().onAssigned(all.slice(1));
    expect(told()).toEqual({ ...funnel, offset: end });
  });

  test("that wants partitions back before their state is here is not waited for", async () => {
    const seed = machine("a");
    await append(leads(0, 3_000));
    await seed.runner.start();
    await settled(seed.runner);
    await stop(seed);
    const group = withGroup([]);
    let holdsStill = false;
    const held = async (): Promise<void> => {
      while (holdsStill) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const { runner } = machine("a", { log: group.log, breathe: held });
    await runner.start();
    holdsStill = true;
    const recall = new AbortController();
    const assigned = group.listener().onAssigned(all, recall.signal);
    recall.abort();
    holdsStill = false;
    await assigned;
    expect(runner.tasks.length).toBeLessThan(all.length);
    expect(runner.progress().ready).toBe(false);
    await group.listener().onRevoked(all);
    await group.listener().onAssigned(all);
    await settled(runner);
    await asToldOnce();
  });
});

test("while far behind, each commit says how far the tasks are, however seldom heartbeats are due", async () => {
  for (let from = 0; from < 60; from += 6) await append(leads(from, from + 6));
  const limits = { chunkBytes: 1, commitEveryRecords: 20, behindCommitEveryMs: dayMs, heartbeatEveryMs: dayMs };
  const { runner } = machine("a", { limits });
  const { end } = await log.bounds(funnel);
  await runner.start();
  const isDone = () => runner.hasTold(new Map([["leadwire.funnel/0", end]]));
  await expect.poll(isDone, { interval: 5, timeout: 10_000 }).toBe(true);
  const cursor = new RecordCursor();
  const { bytes } = await log.read({ topic: metricsTopic(generation), partition: 0 }, 0, 1 << 26);
  const told: Array<number> = [];
  cursor.reset(bytes, 0);
  while (cursor.next()) {
    if (!isHeartbeat(bytes, cursor.valueStart, cursor.valueEnd)) continue;
    const { topic, position } = decodeHeartbeat(bytes, cursor.valueStart, cursor.valueEnd);
    if (topic === funnel.topic) told.push(position);
  }
  expect(new Set(told.filter((position) => position > 0 && position < end)).size).toBeGreaterThan(2);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

describe("state from a snapshot", () => {
  const always = (): boolean => true;

  const takeAll = async ({ runner, snapshots }: Machine): Promise<void> => {
    for (const { topic, partition } of runner.tasks) await snapshots.take(`${topic}/${partition}`, always);
  };

  const committed = async ({ runner, store }: Machine): Promise<void> => {
    await settled(runner);
    const isCommitted = ({ topic, partition, position }: (typeof runner.tasks)[number]): boolean =>
      stateHead(store.load(`${topic}/${partition}`)?.head ?? "").position === position;
    await expect.poll(() => runner.tasks.every(isCommitted), { interval: 5 }).toBe(true);
  };

  /** In order of position. */
  const filesOf = (place: { readonly topic: string; readonly partition: number }): ReadonlyArray<string> => {
    const under = join(folder, "snapshots", generation, `layout-${stateLayout}`);
    const path = join(under, `${place.topic}-${place.partition}`);
    if (!existsSync(path)) return [];
    const names = readdirSync(path).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    return names.map((name) => join(path, name));
  };

  const seeded = async (): Promise<Machine> => {
    const first = machine("a");
    await append(leads(0, 40));
    await first.runner.start();
    await committed(first);
    await takeAll(first);
    await append([...leads(40, 60), spent("s1", nowMs, 500, [20_500, 20_501])]);
    await committed(first);
    await takeAll(first);
    return first;
  };

  test("lets a machine without any go on from where the snapshot stood", async () => {
    const first = await seeded();
    const committed = stateHead(first.store.load("leadwire.funnel/0")?.head ?? "").position;
    await stop(first);
    const second = machine("b");
    let lowest = Number.POSITIVE_INFINITY;
    const read = log.read.bind(log);
    log.read = (place, from, maxBytes) => {
      if (place.topic === funnel.topic && place.partition === 0) lowest = Math.min(lowest, from);
      return read(place, from, maxBytes);
    };
    await append(leads(60, 70));
    await second.runner.start();
    await settled(second.runner);
    log.read = read;
    expect(lowest).toBe(committed);
    expect(second.runner.progress().sources).toMatchObject({ snapshot: 3, log: all.length - 3 });
    await asToldOnce();
    expect(notices).toEqual([]);
  });

  test("is passed over when it is damaged, cut or foreign, for the one before it", async () => {
    const first = await seeded();
    await stop(first);
    const [, newest = ""] = filesOf(funnel);
    const bytes = readFileSync(newest);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 60) ^ 1, bytes.length - 60);
    writeFileSync(newest, bytes);
    const [, cut = ""] = filesOf({ ...funnel, partition: 1 });
    writeFileSync(cut, readFileSync(cut).subarray(0, -20));
    const spend = all.find(
      ({ topic, partition }) => topic === "leadwire.spend" && filesOf({ topic, partition }).length > 0,
    );
    const [foreign = ""] = filesOf(spend ?? funnel);
    writeFileSync(foreign, "something else");
    const second = machine("b");
    await second.runner.start();
    await settled(second.runner);
    await asToldOnce();
    expect(notices.filter((text) => text.includes(newest) && text.includes("checksum"))).toHaveLength(1);
    expect(notices.filter((text) => text.includes(cut) && text.includes("ends too early"))).toHaveLength(1);
    expect(notices.filter((text) => text.includes(foreign) && text.includes("no snapshot"))).toHaveLength(1);
    // Of the spend, whose only snapshot is the foreign one, there is no other.
    expect(second.runner.progress().sources.snapshot).toBe(2);
  });

  test("does not replace a local copy that is not far behind it", async () => {
    const first = await seeded();
    await stop(first);
    const again = machine("a");
    await again.runner.start();
    expect(again.runner.progress().sources.local).toBe(all.length);
  });

  test("is kept twice, and one that stands for the same position is not written again", async () => {
    const first = await seeded();
    expect(await first.snapshots.take("leadwire.funnel/0", always)).toBe(false);
    await append(leads(60, 90));
    await committed(first);
    const before = filesOf(funnel);
    expect(await first.snapshots.take("leadwire.funnel/0", always)).toBe(true);
    const after = filesOf(funnel);
    expect([before.length, after.length]).toEqual([2, 2]);
    expect(before.filter((path) => after.includes(path))).toHaveLength(1);
  });

  test("stands for one instant, whatever is committed while it is written", async () => {
    const first = machine("a");
    await append(leads(0, 2_000));
    await first.runner.start();
    await committed(first);
    const taking = first.snapshots.take("leadwire.funnel/0", always);
    await append(leads(2_000, 4_000));
    await settled(first.runner);
    await taking;
    await stop(first);
    const second = machine("b");
    await second.runner.start();
    await settled(second.runner);
    expect(second.runner.progress().sources.snapshot).toBe(1);
    await asToldOnce();
  });
});

describe("a request to tell again", () => {
  const ask = (scope: "slices" | "facts", partition = 0, of = generation, registry = derivedRegistry) =>
    requestRestate({ log, registry, generation: of, requestedBy: "test" }, partition, scope);

  const started = async (more: Partial<RunnerOptions> = {}): Promise<Machine> => {
    const first = machine("a", more);
    await append(leads(0, 40));
    await first.runner.start();
    await settled(first.runner);
    return first;
  };

  const recordsOf = async (topic: string, partition: number): Promise<number> =>
    (await log.bounds({ topic, partition })).end;

  test("for slices puts every slice of the partition on its topic once more", async () => {
    await started();
    const slices = (await plainSlices(log, settings)).filter((line) => line.includes(",0,")).length;
    const before = await recordsOf(metricsTopic(generation), 0);
    await ask("slices");
    await expect.poll(() => recordsOf(metricsTopic(generation), 0)).toBeGreaterThan(before + slices / 2);
    await asToldOnce();
  });

  test("is understood with a registry's schema ids, and with the derived ones still", async () => {
    const registry = numberedRegistry();
    const { runner } = await started({ registry });
    const served = (): number => Math.min(...runner.tasks.map(({ requestsServed }) => requestsServed));
    for (const ids of [registry, derivedRegistry]) {
      const behind = await ask("slices", 0, generation, ids);
      await ask("slices", 1, generation, ids);
      await expect.poll(served).toBeGreaterThanOrEqual(behind);
    }
  });

  test("for facts folds the partition anew and tells every change again, the other partition none", async () => {
    const { runner } = await started();
    const before = await toldFactChanges(log, settings);
    expect(before.told).toBe(before.different);
    const kept = runner.tasks.filter(({ partition }) => partition === 1);
    await ask("facts");
    await expect.poll(async () => (await toldFactChanges(log, settings)).told).toBeGreaterThan(before.told);
    await settled(runner);
    const after = await toldFactChanges(log, settings);
    expect(after.different).toBe(before.different);
    expect(after.told).toBeLessThan(2 * before.told);
    expect(runner.tasks.filter(({ partition }) => partition === 1)).toEqual(kept);
    await append(leads(40, 50));
    await settled(runner);
    await asToldOnce();
  });

  test("of another generation changes nothing", async () => {
    const { runner } = await started();
    const before = runner.tasks;
    await ask("facts", 0, "another");
    await append(leads(40, 50));
    await settled(runner);
    expect(runner.tasks).toEqual(before);
  });

  test("for facts is served by whoever has the partition next, past its state and all snapshots from before", async () => {
    const first = await started();
    for (const { topic, partition } of first.runner.tasks) {
      await first.snapshots.take(`${topic}/${partition}`, () => true);
    }
    await stop(first);
    const before = await toldFactChanges(log, settings);
    await ask("facts");
    const again = machine("a");
    await again.runner.start();
    await settled(again.runner);
    const { sources } = again.runner.progress();
    expect(sources).toEqual({ parked: 0, local: all.length / 2, snapshot: 0, log: all.length / 2 });
    const after = await toldFactChanges(log, settings);
    expect(after.told).toBeGreaterThan(before.told);
    expect(after.different).toBe(before.different);
    await stop(again);
    const third = machine("a");
    await third.runner.start();
    await settled(third.runner);
    expect((await toldFactChanges(log, settings)).told).toBe(after.told);
    await asToldOnce();
  });
});

describe("progress", () => {
  test("says what is behind, how far, and when everything is caught up", async () => {
    const told: Array<number> = [];
    const { runner } = machine("a", { onTold: (latencyMs) => void told.push(latencyMs) });
    expect(runner.progress()).toMatchObject({ ready: false, tasks: [], behindRecords: 0 });
    await append(leads(0, 40));
    nowMs += 250;
    await runner.start();
    await settled(runner);
    const { ready, tasks, records, commits, caughtUpInMs, loading } = runner.progress();
    expect({ ready, caughtUpInMs, loading }).toEqual({ ready: true, caughtUpInMs: 0, loading: 0 });
    expect(records).toBe(80);
    expect(commits).toBeGreaterThan(0);
    expect(tasks).toHaveLength(all.length);
    for (const { position, end, behindRecords, behindMs } of tasks) {
      expect([end, behindRecords, behindMs]).toEqual([position, 0, 0]);
    }
    expect(Math.max(...told)).toBe(250);
  });

  test("is not ready while far behind", async () => {
    for (let from = 0; from < 20_000; from += 200) await append(leads(from, from + 200));
    nowMs += dayMs;
    const { runner } = machine("a", {
      limits: { chunkBytes: 30_000 },
      breathe: () => new Promise((resolve) => setTimeout(resolve, 2)),
    });
    const begun = runner.start();
    await expect.poll(() => runner.progress().records, { interval: 1 }).toBeGreaterThan(0);
    const early = runner.progress();
    expect(early.ready).toBe(false);
    expect(early.behindMs).toBe(dayMs);
    expect(early.behindRecords).toBeGreaterThan(10_000);
    await begun;
    await expect.poll(() => runner.progress().ready, { interval: 20, timeout: 20_000 }).toBe(true);
  });
});
