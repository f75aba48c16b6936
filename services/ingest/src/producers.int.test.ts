import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkEvent, decodeEvent, eventTopics, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { partitionOf, RecordCursor } from "@leadwire/log";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { isLeft } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BreakableBroker, startBreakableBroker } from "../../../infra/kafka/temporary-broker.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(`${root}docs/producers.md`, "utf8");
const code = /^```js\n(?<code>.*?)^```$/msu.exec(page)?.groups?.code ?? "";
const partitions = 12;

let broker: BreakableBroker;
let log: KafkaLog;
beforeAll(async () => {
  // One of our own: the page writes to the topics by their real names.
  broker = await startBreakableBroker();
  log = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "producers", replicas: 1 });
  await log.ensureTopics(eventTopics.map((name) => ({ name, partitions })));
}, 60_000);
afterAll(async () => {
  await log.close();
  await broker.stop();
});

interface Written {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly source: string | undefined;
  readonly event: SalesEvent;
}

const written = async (): Promise<ReadonlyArray<Written>> => {
  const found: Written[] = [];
  const cursor = new RecordCursor();
  for (const topic of eventTopics) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const { bytes } = await log.read({ topic, partition }, 0, 1 << 20);
      cursor.reset(bytes, 0);
      while (cursor.next()) {
        const event = decodeEvent(bytes.subarray(cursor.valueStart, cursor.valueEnd));
        if (isLeft(event)) throw new Error(event.left.detail);
        const key = bytes.toString("utf8", cursor.keyStart, cursor.keyEnd);
        found.push({ topic, partition, key, source: cursor.header("source"), event: event.right });
      }
    }
  }
  return found;
};

test("the page's producer writes sound events to their topics, keys and partitions", async () => {
  // No package of ours needs both libraries: pnpm's own folder has all of them.
  execFileSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: `${root}node_modules/.pnpm`,
    env: { PATH: process.env.PATH, SCHEMAS: `${root}schemas`, BROKERS: broker.bootstrap },
    timeout: 30_000,
    stdio: "pipe",
  });
  const records = await written();
  expect(records.map(({ event }) => event.type).toSorted()).toEqual(["activity-logged", "spend"]);
  for (const { topic, partition, key, source, event } of records) {
    expect(checkEvent(event)._tag).toBe("Right");
    expect([topic, key, source]).toEqual([topicOf(event.type), keyOf(event), event.source_system]);
    expect(partition).toBe(partitionOf(Buffer.from(key), partitions));
  }
});

test("the page names every event topic with its event types", () => {
  for (const topic of eventTopics) expect(page).toContain(`| \`${topic}\` |`);
});
