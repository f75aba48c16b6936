import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { afterEach, beforeEach, expect, test } from "vitest";
import { taskTopics } from "../core/task-inputs.ts";
import { leadCreated, touched } from "../testing/sample-events.ts";
import { LiveOpenSet } from "./live-open-set.ts";
import { LiveQuarantine } from "./live-quarantine.ts";
import { LiveView, type LiveViewOptions } from "./live-view.ts";
import { requestRestate } from "./request-restate.ts";
import { Runner } from "./runner.ts";
import { StateStore } from "./state-store.ts";

const generation = "g";
const partitions = 2;
const workspace = defaultWorkspace;

let folder: string;
let nowMs: number;
let log: EmbeddedLog;
let store: StateStore;
let runner: Runner;
let failures: Array<unknown>;
let views: Array<LiveView>;
const onFailure = (cause: unknown): void => void failures.push(cause);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-open-"));
  nowMs = Date.parse("2026-03-20T10:30:00Z");
  [failures, views] = [[], []];
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs: () => nowMs });
  const kept = [...taskTopics(generation), quarantineTopic].map((name) => ({ name, partitions }));
  const expiring = [metricsTopic(generation), factsTopic(generation)];
  await log.ensureTopics([
    ...kept,
    { name: controlTopic, partitions: 1 },
    ...expiring.map((name) => ({ name, partitions, retentionMs: dayMs })),
  ]);
  store = new StateStore(join(folder, "state"));
  const shared = { log, store, workspace, generation, partitions, nowMs: () => nowMs, onFailure };
  const limits = { heartbeatEveryMs: 20 };
  runner = new Runner({ ...shared, measures: catalogue.measures, limits, followsRequests: true });
  await runner.start();
});

afterEach(async () => {
  for (const view of views) await view.stop();
  await runner.stop();
  await store.close();
  await log.close();
  rmSync(folder, { recursive: true });
  expect(failures).toEqual([]);
});

const open = async (options: Partial<LiveViewOptions> = {}): Promise<{ view: LiveView; openSet: LiveOpenSet }> => {
  const openSet = new LiveOpenSet({ workspace });
  const shared = { log, generation, partitions, workspace, catalogue, nowMs: () => nowMs, onFailure };
  const view = new LiveView({ ...shared, openSet, ...options });
  views.push(view);
  await view.start();
  return { view, openSet };
};

const append = async (...events: ReadonlyArray<SalesEvent>): Promise<void> => {
  await log.append(
    events.map((event) => ({
      topic: topicOf(event.type),
      key: Buffer.from(keyOf(event)),
      value: encodeEvent(event),
      headers: { source: event.source_system },
    })),
  );
};

const waiting = (openSet: LiveOpenSet): ReadonlyArray<string> =>
  [...openSet.waitingLeads()].map(({ leadId }) => leadId).sort();
const until = async (what: () => boolean): Promise<void> => {
  for (let waitedMs = 0; !what() && waitedMs < 20_000; waitedMs += 5) await sleep(5);
  expect(what()).toBe(true);
};
const leads = ["L1", "L2", "L3", "L4"];

test("what the tasks tell is open at once, with whoever changed it", async () => {
  const { openSet } = await open();
  const changed: Array<string> = [];
  openSet.onChange((touched) => {
    for (const slot of touched.leads) changed.push(openSet.waitingLead(slot)?.leadId ?? "nobody");
  });
  await append(...leads.map((lead) => leadCreated(lead, nowMs - 1_000)));
  await until(() => waiting(openSet).length === 4);
  expect(changed.toSorted()).toEqual(leads);
  await append(touched("L2", "t", nowMs));
  await until(() => waiting(openSet).length === 3);
  expect(waiting(openSet)).toEqual(["L1", "L3", "L4"]);
  expect(changed.at(-1)).toBe("nobody");
  const answers = openSet.recentFacts(new Set(["lead_responded"]), ({ fact }) => fact.leadId === "L2");
  expect(answers.map(({ causeEventId }) => causeEventId)).toEqual(["L2-t"]);
  expect(openSet.sourceHeard("crm", nowMs)).toMatchObject({ lastMs: nowMs });
});

test("a set whose place has expired is incomplete until the tasks have told all facts again", async () => {
  await append(...leads.map((lead) => leadCreated(lead, nowMs - 1_000)));
  const first = await open();
  await until(() => waiting(first.openSet).length === 4);
  nowMs += 3 * dayMs;
  await append(touched("L1", "t", nowMs));
  await until(() => waiting(first.openSet).length === 3);
  await log.expire(nowMs);
  const asked: Array<number> = [];
  const late = await open({
    loadOpenSet: async () => ({ positions: new Map([0, 1].map((partition) => [partition, 0])), facts: [], heard: [] }),
    onFactsExpired: (partition) => {
      asked.push(partition);
      const asker = { log, registry: derivedRegistry, generation, requestedBy: "test" };
      return requestRestate(asker, partition, "facts");
    },
  });
  expect(asked.length).toBeGreaterThan(0);
  expect(late.view.freshness().state).not.toBe("live");
  await until(() => {
    // The tasks beat as time passes, and say with it what they have told again.
    nowMs += 25;
    return late.view.needs().untoldTasks === 0;
  });
  expect(waiting(late.openSet)).toEqual(["L2", "L3", "L4"]);
});

test("records put aside are counted from an instant on, those before the start too", async () => {
  const quarantine = new LiveQuarantine({ log, partitions, onFailure });
  const bad = (): Promise<unknown> =>
    log.append([{ topic: "leadwire.funnel", key: Buffer.from("k"), value: Buffer.from("no event") }]);
  await bad();
  const { openSet } = await open();
  await append(leadCreated("L1", nowMs));
  await until(() => waiting(openSet).length === 1);
  await quarantine.start();
  await until(() => quarantine.since(0) === 1);
  nowMs += 10_000;
  await bad();
  await until(() => quarantine.since(0) === 2);
  expect(quarantine.since(nowMs)).toBe(1);
  await quarantine.stop();
});
