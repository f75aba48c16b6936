import {
  accountLogTopic,
  alertsTopic,
  controlTopic,
  eventTopics,
  factsTopic,
  leadKeysTopic,
  metricsTopic,
  quarantineTopic,
} from "@leadwire/events";
import type { TopicSettings } from "@leadwire/log";
import type { KafkaLog, TopicState } from "@leadwire/log/kafka";

/** Derived topics expire: their readers have read them long before, or read ClickHouse instead. */
const derivedRetentionMs = 24 * 3_600_000;

/** The topics that every generation shares. Events are kept for ever: they are the only truth. */
export const sharedTopics = (partitions: number): ReadonlyArray<TopicSettings> => [
  ...[...eventTopics, quarantineTopic, alertsTopic].map((name) => ({ name, partitions })),
  { name: controlTopic, partitions: 1 },
  { name: leadKeysTopic, partitions, compacted: true },
];

/** The topics of one generation. The account log is kept for ever too: its tasks read it from the start. */
export const generationTopics = (generation: string, partitions: number): ReadonlyArray<TopicSettings> => [
  { name: accountLogTopic(generation), partitions },
  { name: factsTopic(generation), partitions, retentionMs: derivedRetentionMs },
  { name: metricsTopic(generation), partitions, retentionMs: derivedRetentionMs },
];

/** The topics do not mean what the engine relies on; the message names each setting and its fix. */
class TopicsFault extends Error {
  readonly _tag = "TopicsFault";
}

/**
 * Makes the topics that are missing. One that stands with another partition count, retention or time stamp is refused,
 * and then nothing is changed: throws TopicsFault.
 */
export const applyTopics = async (
  log: KafkaLog,
  wanted: ReadonlyArray<TopicSettings>,
): Promise<ReadonlyArray<TopicState>> => {
  const standing = await log.inspectTopics(wanted);
  const faults = standing.flatMap(({ faults: found }) => found);
  if (faults.length > 0) throw new TopicsFault(faults.join("\n"));
  const missing = wanted.filter(({ name }) => standing.find((each) => each.name === name)?.partitions === undefined);
  if (missing.length === 0) return standing;
  await log.ensureTopics(missing);
  return log.inspectTopics(wanted);
};
