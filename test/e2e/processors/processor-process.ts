import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { EventLog } from "@leadwire/log";
import { openKafkaLog } from "@leadwire/log/kafka";
import { createProcessor } from "@leadwire/processor";

/**
 * A processor as a process of its own: `node processor-process.ts BOOTSTRAP FOLDER GENERATION PARTITIONS SESSION_MS`.
 * Prints a line of JSON about its progress 20 times a second; SIGTERM lets it finish and leave.
 */
const [bootstrap = "", folder = "", generation = "", partitions = "", session = ""] = process.argv.slice(2);
const log = await openKafkaLog({
  brokers: [bootstrap],
  clientId: "processor",
  group: { sessionTimeoutMs: Number(session), heartbeatMs: Math.min(500, Number(session) / 4) },
});
/** When the group last gave partitions, since the process began. */
let assignedMs = 0;
const processor = createProcessor({
  log: watched(log, () => {
    assignedMs = performance.now();
  }),
  stateFolder: folder,
  workspace: defaultWorkspace,
  measures: catalogue.measures,
  generation,
  partitions: Number(partitions),
  followsRequests: true,
  nowMs: Date.now,
  onFailure: (cause) => {
    throw cause;
  },
});
const { runner } = processor;
const tell = (): void => {
  const { ready, tasks, sources } = runner.progress();
  const positions = Object.fromEntries(
    tasks.map(({ topic, partition, position }) => [`${topic}/${partition}`, position]),
  );
  const line = { upMs: performance.now(), assignedMs, ready, sources, positions };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const telling = setInterval(tell, 50);
process.once("SIGTERM", () => {
  clearInterval(telling);
  void processor
    .stop()
    .then(() => log.close())
    .then(() => process.exit(0));
});
await processor.start();

/** The log, with assignments told. */
function watched(of: EventLog, onAssigned: () => void): EventLog {
  return {
    ensureTopics: (topics) => of.ensureTopics(topics),
    topics: () => of.topics(),
    append: (records) => of.append(records),
    appendBatches: (batches) => of.appendBatches(batches),
    read: (place, from, maxBytes) => of.read(place, from, maxBytes),
    bounds: (place) => of.bounds(place),
    boundsOf: (places) => of.boundsOf(places),
    waitForData: (positions, timeoutMs, signal) => of.waitForData(positions, timeoutMs, signal),
    join: (group, topics, listener) =>
      of.join(group, topics, {
        ...listener,
        onAssigned: (partitions, recalled) => {
          onAssigned();
          return listener.onAssigned(partitions, recalled);
        },
      }),
    close: () => of.close(),
  };
}
