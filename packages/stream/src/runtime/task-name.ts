import type { Partition } from "@leadwire/log";

/** What a task is called in the store, in snapshots and in logs: `topic/partition`. */
export const taskName = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

export const partitionOfTask = (name: string): Partition => {
  const at = name.lastIndexOf("/");
  return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) };
};
