import type { EventLog } from "@leadwire/log";

/** A log of which some calls do something else: what it is to be slow, asleep or failing. */
export const logWith = (log: EventLog, changed: Partial<EventLog>): EventLog => ({
  ensureTopics: (topics) => log.ensureTopics(topics),
  topics: () => log.topics(),
  append: (records) => log.append(records),
  appendBatches: (batches) => log.appendBatches(batches),
  read: (partition, from, maxBytes) => log.read(partition, from, maxBytes),
  bounds: (partition) => log.bounds(partition),
  boundsOf: (places) => log.boundsOf(places),
  waitForData: (positions, timeoutMs, signal) => log.waitForData(positions, timeoutMs, signal),
  join: (group, topics, listener) => log.join(group, topics, listener),
  close: () => log.close(),
  ...changed,
});
