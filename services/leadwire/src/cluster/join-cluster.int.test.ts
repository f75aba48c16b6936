import { controlTopic, derivedRegistry } from "@leadwire/events";
import { defaultWorkspace, generationOf } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BreakableBroker, startBreakableBroker } from "../../../../infra/kafka/temporary-broker.ts";
import { buildGeneration } from "./build-generation.ts";
import { applyTopics, generationTopics, sharedTopics } from "./cluster-topics.ts";
import { announceGeneration } from "./generation-topic.ts";
import { GenerationWatch } from "./generation-watch.ts";
import { joinCluster, settleOn } from "./join-cluster.ts";
import { moveGeneration } from "./move-generation.ts";

// Always a broker of its own: topics have the product's names, and wrong settings.
let broker: BreakableBroker;
let log: KafkaLog;
beforeAll(async () => {
  broker = await startBreakableBroker();
  log = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "test" });
}, 60_000);
afterAll(async () => {
  await log.close();
  await broker.stop();
});

const nowMs = (): number => Date.UTC(2026, 5, 1);
const place = (partitions: number) => ({
  _tag: "kafka" as const,
  brokers: [broker.bootstrap],
  partitions,
  replicas: 1,
  tls: false,
});
const workspace = defaultWorkspace;
const other = { ...workspace, responseSlaMs: 7 * 60_000 };
const generation = generationOf(workspace, measureShapes(catalogue));
const settle = (partitions = 3, said = workspace) =>
  settleOn(log, derivedRegistry, { place: place(partitions), workspace: said, nowMs });

test("refuses a topic whose records expire, and changes nothing", async () => {
  await log.ensureTopics([{ name: "leadwire.spend", partitions: 3, retentionMs: 3_600_000 }]);
  await expect(applyTopics(log, sharedTopics(3))).rejects.toThrow(
    "leadwire.spend has retention.ms=3600000, expected -1 (records are kept for ever: its records are the only truth). " +
      `Correct it: kafka-configs.sh --bootstrap-server ${broker.bootstrap} --alter --entity-type topics --entity-name leadwire.spend --add-config retention.ms=-1`,
  );
  expect((await log.topics()).map(({ name }) => name)).toEqual(["leadwire.spend"]);
  await log.ensureTopics([{ name: "leadwire.spend", partitions: 3 }]);
});

test("makes what is missing, and announces the generation once", async () => {
  const first = await settle();
  expect(first.agreed).toMatchObject({ generation, nextOffset: 1 });
  const second = await settle();
  expect(second.agreed).toMatchObject({ generation, nextOffset: 1 });
  expect(await log.bounds({ topic: controlTopic, partition: 0 })).toEqual({ start: 0, end: 1 });
  const standing = await log.inspectTopics([...sharedTopics(3), ...generationTopics(generation, 3)]);
  expect(standing.map(({ name, partitions, retentionMs, faults }) => [name, partitions, retentionMs, faults])).toEqual([
    ["leadwire.funnel", 3, undefined, []],
    ["leadwire.spend", 3, undefined, []],
    ["leadwire.accounts", 3, undefined, []],
    ["leadwire.plan", 3, undefined, []],
    ["leadwire.quarantine", 3, undefined, []],
    ["leadwire.alerts", 3, undefined, []],
    ["leadwire.control", 1, undefined, []],
    ["leadwire.lead-keys", 3, undefined, []],
    [`leadwire.account-log.${generation}`, 3, undefined, []],
    [`leadwire.facts.${generation}`, 3, 86_400_000, []],
    [`leadwire.metrics.${generation}`, 3, 86_400_000, []],
  ]);
});

test("refuses another partition count, and names the rebuild", async () => {
  await expect(settle(4)).rejects.toThrow(
    "leadwire.funnel has 3 partitions, the configuration says 4. A topic keeps its partition count, for keys would " +
      "change places: set it back to 3, or copy the events into new topics",
  );
  await expect(settle(4)).rejects.toThrow("npx leadwire rebuild");
});

test("refuses a configuration that the cluster does not fold with, until it is rebuilt", async () => {
  await expect(settle(3, other)).rejects.toThrow("pipelines changed: run npx leadwire rebuild");
  const { agreed } = await settle();
  const moved = Promise.withResolvers<string>();
  const watch = new GenerationWatch({
    log,
    registry: derivedRegistry,
    agreed,
    onMoved: moved.resolve,
    onFailure: moved.reject,
  });
  await watch.start();
  const next = await moveGeneration(log, derivedRegistry, { place: place(3), workspace: other });
  expect(next.former).toBe(generation);
  // Whoever runs hears of it.
  expect(await moved.promise).toContain(`folds with generation ${next.generation} from now on`);
  await watch.stop();
  expect((await settle(3, other)).agreed.generation).toBe(next.generation);
  await expect(settle()).rejects.toThrow("pipelines changed");
  expect(await moveGeneration(log, derivedRegistry, { place: place(3), workspace: other })).toEqual({
    generation: next.generation,
    former: next.generation,
  });
  await moveGeneration(log, derivedRegistry, { place: place(3), workspace });
});

test("processors and sinks build beside what serves, everybody else waits for it, and the way back is the same", async () => {
  const measures = measureShapes(catalogue);
  const build = (said: typeof workspace, isBack = false) =>
    buildGeneration(log, derivedRegistry, { workspace: said, measures, partitions: 3, isBack });
  const slower = { ...workspace, responseSlaMs: 9 * 60_000 };
  const named = generationOf(slower, measures);
  const join = (builds: boolean, said = slower) =>
    settleOn(log, derivedRegistry, { place: place(3), workspace: said, nowMs, builds });

  expect(await build(workspace)).toBeUndefined();
  expect(await build(slower)).toEqual({ generation: named, former: generation, formerWorkspace: workspace });
  expect(await build(slower)).toMatchObject({ generation: named });
  const { agreed } = await join(true);
  expect(agreed).toMatchObject({ generation: named, workspace: slower, isBuilding: true });
  await expect(join(false)).rejects.toThrow(`Generation ${named}, which this configuration makes, is being built`);
  expect((await settle()).agreed).toMatchObject({ generation });

  const serving = Promise.withResolvers<void>();
  const { resolve: onServing, reject } = serving;
  const watch = new GenerationWatch({
    log,
    registry: derivedRegistry,
    agreed,
    onServing,
    onMoved: reject,
    onFailure: reject,
  });
  await watch.start();
  const record = { generation: named, workspace: JSON.stringify(slower), measures, partitions: 3 };
  await announceGeneration(log, derivedRegistry, record);
  await serving.promise;
  await watch.stop();
  expect((await join(false)).agreed).toMatchObject({ generation: named });

  // The former one has its own name, state and tables; built once more beside itself it would get another.
  await expect(build(other, true)).rejects.toThrow(`The generation that served before is ${generation}`);
  expect(await build(workspace, true)).toMatchObject({ generation, former: named });
  expect((await join(true, workspace)).agreed).toMatchObject({ generation, isBuilding: true });
  await announceGeneration(log, derivedRegistry, { ...record, generation, workspace: JSON.stringify(workspace) });
  expect(await build(slower)).toMatchObject({ generation: `${named}r2` });
  expect(await moveGeneration(log, derivedRegistry, { place: place(3), workspace })).toMatchObject({ generation });
});

test("a rate that is dated later changes nothing yet", async () => {
  const later = { ...workspace, rates: [{ currency: "EUR", fromDay: 40_000, rate: "1.1" }] };
  expect((await settle(3, later)).agreed).toMatchObject({ generation, workspace: later });
});

test("waits for a broker that does not answer yet, and says so", { timeout: 60_000 }, async () => {
  await broker.signal("SIGKILL");
  const told: string[] = [];
  const stopping = new AbortController();
  const options = {
    place: place(3),
    deployment: {},
    secrets: {},
    workspace,
    nowMs,
    clientId: "waiting",
    onNotice: () => undefined,
  };
  const joining = joinCluster(options, { signal: stopping.signal, onWait: (found) => told.push(found) });
  while (told.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told[0]).toContain(`No Kafka broker answers at ${broker.bootstrap}`);
  await broker.restart();
  const cluster = await joining;
  expect(cluster?.agreed.generation).toBe(generation);
  await cluster?.log.close();
});
