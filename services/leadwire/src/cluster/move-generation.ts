import type { SchemaRegistry } from "@leadwire/events";
import { foldingOf } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { KafkaLog } from "@leadwire/log/kafka";
import { applyTopics, generationTopics, sharedTopics } from "./cluster-topics.ts";
import { announceGeneration, announcementOf, newestGeneration } from "./generation-topic.ts";
import type { JoinOptions } from "./join-cluster.ts";

export interface MovedGeneration {
  readonly generation: string;
  /** What the cluster folded with before; undefined where it folded nothing yet. */
  readonly former: string | undefined;
}

/**
 * Makes a cluster fold with this configuration: its topics first, then the announcement that every service follows.
 * Announces nothing where that is what the cluster folds with. Throws TopicsFault.
 */
export const moveGeneration = async (
  log: KafkaLog,
  registry: SchemaRegistry,
  { place, workspace }: Pick<JoinOptions, "place" | "workspace">,
): Promise<MovedGeneration> => {
  const { partitions } = place;
  await applyTopics(log, sharedTopics(partitions));
  const { announced } = await newestGeneration(log, registry, 0);
  const next = announcementOf({ workspace, measures: measureShapes(catalogue), partitions });
  // It may have a suffix: what counts is what it folds with.
  if (announced !== undefined && foldingOf(announced.generation) === next.generation)
    return { generation: announced.generation, former: announced.generation };
  const { generation } = next;
  await applyTopics(log, generationTopics(generation, partitions));
  await announceGeneration(log, registry, next);
  return { generation, former: announced?.generation };
};
