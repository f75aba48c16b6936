import { accountLogTopic, factsTopic, metricsTopic } from "@leadwire/events";
import type { TopicSettings } from "@leadwire/log";
import { generationTopics } from "../cluster/cluster-topics.ts";
import { asideTopic } from "./aside-outlet.ts";

/** The topics of a generation in a log of this process; what it puts aside before it serves has one of its own. */
export const localTopics = (generation: string, partitions: number): ReadonlyArray<TopicSettings> => [
  ...generationTopics(generation, partitions),
  { name: asideTopic(generation), partitions },
];

/** All names under which a generation may have topics. */
export const topicNamesOf = (generation: string): ReadonlyArray<string> => [
  accountLogTopic(generation),
  factsTopic(generation),
  metricsTopic(generation),
  asideTopic(generation),
];
