import type { TopicSettings } from "./event-log.ts";
import { TopicConflict } from "./log-fault.ts";

/** Kafka's rule for topic names. */
const legalName = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/;

/** Throws TopicConflict unless the settings can be taken; `standing` is the topic's partition count where it exists. */
export const checkTopicSettings = (wanted: TopicSettings, standing: number | undefined): void => {
  const { name, partitions, retentionMs } = wanted;
  if (!legalName.test(name)) {
    throw new TopicConflict(
      `${JSON.stringify(name)} is no topic name. Use 1 to 249 letters, digits, dots, underscores or hyphens.`,
    );
  }
  if (!Number.isSafeInteger(partitions) || partitions < 1 || partitions > 65_536) {
    throw new TopicConflict(`${name} asks for ${partitions} partitions; expected a whole number from 1 to 65536.`);
  }
  if (retentionMs !== undefined && !(retentionMs > 0)) {
    throw new TopicConflict(`${name} asks to keep records for ${retentionMs} ms; expected a number above 0.`);
  }
  if (standing !== undefined && standing !== partitions) {
    throw new TopicConflict(
      `${name} has ${standing} partitions, the configuration says ${partitions}. ` +
        `A topic keeps its partition count, for keys would change places: set it back to ${standing}, ` +
        "or copy the events into new topics (of another data directory or cluster) and run npx leadwire rebuild there.",
    );
  }
};
