import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, factsTopic, keyOf, metricsTopic, quarantineTopic, topicOf } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { createProcessor, type Processor } from "@leadwire/processor";
import { stateLayout, taskTopics } from "@leadwire/stream";
import { leadCreated, plainSlices, toldSlices, touched } from "@leadwire/stream/testing";
import { afterEach, beforeEach, expect, test } from "vitest";

const settings = { workspace: defaultWorkspace, measures: catalogue.measures, generation: "g", partitions: 1 };
const funnel = { topic: "leadwire.funnel", partition: 0 };

let folder: string;
let log: EmbeddedLog;
let processors: Array<Processor>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-snapshots-"));
  processors = [];
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs: Date.now });
  const topics = [...taskTopics("g"), quarantineTopic, factsTopic("g"), metricsTopic("g")];
  await log.ensureTopics(topics.map((name) => ({ name, partitions: 1 })));
});

afterEach(async () => {
  for (const processor of processors) await processor.stop();
  await log.close();
  rmSync(folder, { recursive: true });
});

const start = async (name: string): Promise<Processor> => {
  const processor = createProcessor({
    ...settings,
    log,
    stateFolder: join(folder, name),
    snapshots: { folder: join(folder, "shared"), everyMs: 40, writer: name },
    nowMs: Date.now,
    limits: { commitEveryMs: 0 },
    onFailure: (cause) => {
      throw cause;
    },
  });
  processors.push(processor);
  await processor.start();
  return processor;
};

const append = async (from: number, to: number): Promise<void> => {
  const events = Array.from({ length: to - from }, (_, n) => `L${from + n}`).flatMap((lead) => [
    leadCreated(lead, Date.now() - 120_000),
    touched(lead, "a", Date.now() - 60_000),
  ]);
  await log.append(
    events.map((event) => ({ topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) })),
  );
};

const told = async ({ runner }: Processor): Promise<void> => {
  const { end } = await log.bounds(funnel);
  await expect.poll(() => runner.hasTold(new Map([["leadwire.funnel/0", end]])), { timeout: 5_000 }).toBe(true);
};

test("a processor whose disk is gone goes on from the snapshots that it took while it worked", async () => {
  const first = await start("a");
  await append(0, 500);
  await told(first);
  const { end } = await log.bounds(funnel);
  const taken = join(folder, "shared", "g", `layout-${stateLayout}`, "leadwire.funnel-0");
  await expect.poll(() => existsSync(taken) && readdirSync(taken).includes(`${end}.snapshot`)).toBe(true);
  processors = [];
  await first.stop();
  rmSync(join(folder, "a"), { recursive: true });
  await append(500, 600);
  const second = await start("a");
  await told(second);
  expect(second.runner.progress().sources.snapshot).toBe(1);
  expect(second.runner.progress().records).toBeLessThan(1_000);
  expect(await toldSlices(log, settings)).toEqual(await plainSlices(log, settings));
});
