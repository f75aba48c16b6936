import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  controlTopic,
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
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { type Freshness, LiveState, taskTopics } from "@leadwire/stream";
import { leadCreated, plainSlices, toldSlices, touched } from "@leadwire/stream/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BreakableBroker, startBreakableBroker } from "../../../infra/kafka/temporary-broker.ts";
import { ProcessorChild } from "./processor-group.ts";

const settings = { workspace: defaultWorkspace, measures: catalogue.measures, generation: "stale", partitions: 4 };
const { generation, partitions } = settings;
const sessionTimeoutMs = 1_500;
const places = taskTopics(generation).flatMap((topic) =>
  Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
);

let broker: BreakableBroker;
let folder: string;
let log: KafkaLog;
let processors: ReadonlyArray<ProcessorChild> = [];

beforeAll(async () => {
  broker = await startBreakableBroker();
  folder = mkdtempSync(join(tmpdir(), "leadwire-stale-"));
  log = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "stale-owner-test" });
  const topics = [...taskTopics(generation), quarantineTopic, factsTopic(generation), metricsTopic(generation)];
  await log.ensureTopics([...topics.map((name) => ({ name, partitions })), { name: controlTopic, partitions: 1 }]);
}, 120_000);

afterAll(async () => {
  await Promise.all(processors.map((processor) => processor.end("SIGKILL")));
  await log?.close();
  await broker?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Events of `count` leads, some of them late: they change slices that were told long ago. */
const eventsOf = (from: number, count: number): ReadonlyArray<SalesEvent> =>
  Array.from({ length: count }, (_, n) => from + n).flatMap((lead) => {
    const atMs = Date.now() - 3_600_000 - (lead % 7) * 86_400_000;
    return [
      leadCreated(`L${lead}`, atMs),
      touched(`L${lead}`, "a", atMs + 60_000),
      touched(`L${lead >> 1}`, `late-${lead}`, atMs),
    ];
  });

/** Appends without pause until it is told to stop. */
const producing = (): { readonly stop: () => Promise<number> } => {
  let isOver = false;
  let lead = 0;
  const run = async (): Promise<void> => {
    while (!isOver) {
      const events = eventsOf(lead, 100);
      lead += 100;
      await log.append(
        events.map((event) => ({
          topic: topicOf(event.type),
          key: Buffer.from(keyOf(event)),
          value: encodeEvent(event),
        })),
      );
      await sleep(10);
    }
  };
  const running = run();
  return {
    stop: async () => {
      isOver = true;
      await running;
      return lead;
    },
  };
};

const positionOf = (name: string): number => Math.max(...processors.map(({ line }) => line?.positions[name] ?? 0));

const caughtUp = async (): Promise<void> => {
  for (let pass = 0; pass < 2; pass += 1) {
    for (const place of places) {
      const { end } = await log.bounds(place);
      const name = `${place.topic}/${place.partition}`;
      await expect.poll(() => positionOf(name), { timeout: 30_000, interval: 50 }).toBeGreaterThanOrEqual(end);
    }
  }
};

const has = (processor: ProcessorChild): ReadonlyArray<string> => Object.keys(processor.line?.positions ?? {});

test("an owner that sleeps past its session and wakes writes nothing that a reader prefers to its successor's", async () => {
  processors = ["a", "b"].map(
    (name) =>
      new ProcessorChild({
        bootstrap: broker.bootstrap,
        folder: join(folder, name),
        generation,
        partitions,
        sessionTimeoutMs,
      }),
  );
  const [a, b] = processors;
  if (a === undefined || b === undefined) throw new Error("two processors are needed");
  await expect.poll(() => [has(a).length, has(b).length], { timeout: 30_000 }).toEqual([10, 10]);
  const producer = producing();
  for (const [sleeper, other] of [
    [a, b],
    [b, a],
    [a, b],
  ] as const) {
    await sleep(700 + Math.floor(performance.now() % 300));
    sleeper.signal("SIGSTOP");
    await expect.poll(() => has(other).length, { timeout: 20_000, interval: 20 }).toBe(places.length);
    await sleep(500);
    sleeper.signal("SIGCONT");
    await expect.poll(() => [has(a).length, has(b).length], { timeout: 20_000, interval: 20 }).toEqual([10, 10]);
  }
  await producer.stop();
  await caughtUp();
  // A heartbeat of every task says so.
  await sleep(1_500);
  const nowMs = Date.now();
  expect(await Promise.all([a.end(), b.end()])).toEqual([0, 0]);
  expect(await toldSlices(log, settings)).toEqual(await plainSlices(log, settings));
  expect(await freshness(nowMs)).toMatchObject({ state: "live", behindRecords: 0 });
});

/** What a page that followed all along says of the tasks: stale heartbeats move nothing back. */
const freshness = async (nowMs: number): Promise<Freshness> => {
  const live = new LiveState({ workspace: settings.workspace, catalogue, tasks: places });
  for (let partition = 0; partition < partitions; partition += 1) {
    const place = { topic: metricsTopic(generation), partition };
    for (let at = 0; ; ) {
      const { bytes, nextOffset } = await log.read(place, at, 1 << 20);
      if (nextOffset === at) break;
      live.applyBatches(bytes, at);
      at = nextOffset;
    }
  }
  return live.freshness(nowMs, true);
};
