import type { Partition } from "./event-log.ts";

/** How a partition is named in maps and messages: `topic/partition`. */
export const partitionName = ({ topic, partition }: Partition): string => `${topic}/${partition}`;
