import type { SchemaRegistry } from "@leadwire/events";
import { foldingOf, freeGeneration, generationOf, type Workspace } from "@leadwire/funnel";
import type { KafkaLog } from "@leadwire/log/kafka";
import { asideTopic } from "../engine/aside-outlet.ts";
import { applyTopics, generationTopics } from "./cluster-topics.ts";
import { announceGeneration, GenerationFault, newestGeneration, type ToldGenerations } from "./generation-topic.ts";

export interface BuildTerms {
  readonly workspace: Workspace;
  readonly measures: string;
  readonly partitions: number;
  /** The generation that served before is to serve again. */
  readonly isBack: boolean;
}

/** What is built in a cluster, and what serves meanwhile. */
export interface ClusterBuild {
  readonly generation: string;
  readonly former: string;
  /** As the one that serves was announced. */
  readonly formerWorkspace: Workspace;
}

const nameFor = ({ building, served, names }: ToldGenerations, { workspace, measures, isBack }: BuildTerms): string => {
  const hash = generationOf(workspace, measures);
  if (isBack) {
    const serving = served.at(-1)?.generation;
    const former = served.findLast(({ generation }) => generation !== serving);
    if (former === undefined) throw new GenerationFault("There is no former generation: none served before this one.");
    if (foldingOf(former.generation) === hash) return former.generation;
    throw new GenerationFault(
      `The generation that served before is ${former.generation}, and this configuration makes ${hash}. Give the former file with --config.`,
    );
  }
  return building !== undefined && foldingOf(building.generation) === hash && building.measures === measures
    ? building.generation
    : freeGeneration(hash, names);
};

/**
 * Has the processors and sinks that run with this configuration build its generation beside the one that serves, or go on
 * with that. Undefined where the one that serves folds the same, or nothing serves. Throws TopicsFault, GenerationFault.
 */
export const buildGeneration = async (
  log: KafkaLog,
  registry: SchemaRegistry,
  terms: BuildTerms,
): Promise<ClusterBuild | undefined> => {
  const { workspace, measures, partitions } = terms;
  const told = await newestGeneration(log, registry, 0);
  const { announced, building } = told;
  const isSame = announced !== undefined && foldingOf(announced.generation) === generationOf(workspace, measures);
  if (announced === undefined || isSame) return undefined;
  const generation = nameFor(told, terms);
  await applyTopics(log, [...generationTopics(generation, partitions), { name: asideTopic(generation), partitions }]);
  if (building?.generation !== generation) {
    const record = { generation, workspace: JSON.stringify(workspace), measures, partitions };
    await announceGeneration(log, registry, record, "generation-building");
  }
  return {
    generation,
    former: announced.generation,
    formerWorkspace: JSON.parse(announced.workspace) as Workspace,
  };
};
