import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leadKeysTopic } from "@leadwire/events";
import { openEmbeddedLog } from "@leadwire/log";
import { LeadKeyTopic } from "./lead-key-topic.ts";

/** `node services/ingest/src/lead-keys/lead-keys.bench.ts [LEADS]`: what a door's keys cost to make, read and hold. */
const leads = Number(process.argv[2] ?? 1_000_000);
const partitions = 12;
const perRequest = 1_000;
const folder = mkdtempSync(join(tmpdir(), "leadwire-lead-keys-bench-"));
const log = await openEmbeddedLog({ folder, nowMs: () => Date.now() });
await log.ensureTopics([{ name: leadKeysTopic, partitions, compacted: true }]);

const open = (): LeadKeyTopic =>
  new LeadKeyTopic({
    log,
    partitions,
    randomKey: () => randomBytes(32),
    onFailure: (cause) => {
      throw cause;
    },
  });
const timed = async (what: string, work: () => Promise<void>): Promise<void> => {
  const fromMs = performance.now();
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  const ms = performance.now() - fromMs;
  console.log(`${what}: ${ms.toFixed(0)} ms, ${((user + system) / leads).toFixed(2)} µs of CPU a lead`);
};

const first = open();
await first.start();
await timed(`${leads} keys made, ${perRequest} a request`, async () => {
  for (let from = 0; from < leads; from += perRequest)
    await first.prepare(Array.from({ length: perRequest }, (_, index) => `lead-${from + index}`));
});
await first.stop();
const second = open();
await timed("read by a door that starts", () => second.start());
console.log(`${(second.bytes / second.leads).toFixed(0)} bytes of memory a lead`);
await timed("found", async () => {
  for (let index = 0; index < leads; index += 1) second.keyFor(`lead-${index}`);
});
await second.stop();
await log.close();
rmSync(folder, { recursive: true });
