import { accountLogTopic, dayMs, eventTopics, factsTopic, metricsTopic, quarantineTopic } from "@leadwire/events";
import type { LogRecord, TopicSettings } from "@leadwire/log";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { demoHistory } from "leadwire";
import { startBroker } from "../../../infra/kafka/kafka-for-tests.ts";
import type { TestBroker } from "../../../infra/kafka/temporary-broker.ts";
import { partitions, recordOf } from "../demo-log.ts";

/** What the tasks of one generation write: kept as long as a benchmark runs. */
export const derivedTopics = (generation: string): ReadonlyArray<TopicSettings> =>
  [factsTopic(generation), metricsTopic(generation), accountLogTopic(generation)].map((name) => ({
    name,
    partitions,
    retentionMs: dayMs,
  }));

export interface FilledBroker extends TestBroker {
  readonly log: KafkaLog;
  /** Records in the event topics. */
  readonly events: number;
}

/** A broker that holds the first `events` events of the demo's mix, spread over 90 days that end a week before `nowMs`. */
export const filledBroker = async (events: number, nowMs: number): Promise<FilledBroker> => {
  const broker = await startBroker();
  const log = await openKafkaLog({ brokers: [broker.bootstrap], clientId: "bench-fill" });
  await log.ensureTopics([...eventTopics, quarantineTopic].map((name) => ({ name, partitions })));
  const fromMs = Math.floor(nowMs / dayMs) * dayMs - 107 * dayMs;
  let batch: Array<LogRecord> = [];
  let sent = 0;
  for (const { event } of demoHistory(7, fromMs, fromMs + 100 * dayMs, events / 50_000)) {
    batch.push(recordOf(event));
    sent += 1;
    if (batch.length === 20_000 || sent === events) {
      await log.append(batch);
      batch = [];
    }
    if (sent === events) break;
  }
  if (batch.length > 0) await log.append(batch);
  return { ...broker, log, events: sent };
};
