import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedLog, openEmbeddedLog } from "./embedded-log.ts";

let folder: string;
let log: EmbeddedLog;
const start = (): Promise<EmbeddedLog> => openEmbeddedLog({ folder, nowMs: () => 1_700_000_000_000 });
const fill = async (topic: string): Promise<void> => {
  await log.ensureTopics([{ name: topic, partitions: 3 }]);
  for (let n = 0; n < 300; n += 1)
    await log.append([{ topic, partition: n % 3, key: null, value: Buffer.from(`${topic} ${n}`) }]);
};
const endsOf = (topic: string) => log.boundsOf([0, 1, 2].map((partition) => ({ topic, partition })));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leadwire-drop-"));
  log = await start();
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a topic that was dropped is gone, the others are whole, and its name begins anew", async () => {
  await fill("kept");
  await fill("dropped");
  await log.dropTopics(["dropped", "never-there"]);
  expect((await log.topics()).map(({ name }) => name)).toEqual(["kept"]);
  await log.close();
  log = await start();
  // The next topic takes over the number of the one that is gone, and must not find its batches.
  await log.ensureTopics([{ name: "dropped", partitions: 3 }]);
  expect(await endsOf("dropped")).toEqual([0, 0, 0].map(() => ({ start: 0, end: 0 })));
  expect(await endsOf("kept")).toEqual([0, 0, 0].map(() => ({ start: 0, end: 100 })));
});
