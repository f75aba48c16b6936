import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  accountLogTopic,
  dayMs,
  encodeEvent,
  eventTopics,
  factsTopic,
  keyOf,
  metricsTopic,
  quarantineTopic,
  type SalesEvent,
  topicOf,
} from "@leadwire/events";
import { type EmbeddedLog, type LogRecord, openEmbeddedLog } from "@leadwire/log";
import { demoHistory } from "leadwire";

export const generation = "bench";
export const partitions = 12;
/** Monday; any fixed instant gives the same events. */
export const fromMs = Date.UTC(2026, 5, 1);

/** A temporary folder that goes away with `dispose`. */
export const temporaryFolder = (): { readonly path: string; readonly dispose: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "leadwire-bench-"));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
};

/** Every topic that tasks read or write. */
export const topics: ReadonlyArray<string> = [
  ...eventTopics,
  quarantineTopic,
  factsTopic(generation),
  metricsTopic(generation),
  accountLogTopic(generation),
];

/** An event as the door appends it. */
export const recordOf = (event: SalesEvent): LogRecord => ({
  topic: topicOf(event.type),
  key: Buffer.from(keyOf(event)),
  value: encodeEvent(event),
});

/** An embedded log that holds the first `events` events of the demo's mix over 90 days. */
export const demoLog = async (folder: string, events: number): Promise<EmbeddedLog> => {
  const log = await openEmbeddedLog({ folder, nowMs: () => fromMs + 120 * dayMs });
  await log.ensureTopics(topics.map((name) => ({ name, partitions })));
  let batch: Array<LogRecord> = [];
  let sent = 0;
  for (const { event } of demoHistory(7, fromMs, fromMs + 100 * dayMs, events / 50_000)) {
    batch.push(recordOf(event));
    if (batch.length === 10_000) {
      await log.append(batch);
      batch = [];
    }
    sent += 1;
    if (sent === events) break;
  }
  await log.append(batch);
  return log;
};
