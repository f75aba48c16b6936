import { dayMs, type SchemaRegistry } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { BrokerRefused } from "@leadwire/log";
import type { KafkaLog } from "@leadwire/log/kafka";
import type { KafkaPlace } from "../deployment/deployment.ts";
import { asideTopic } from "../engine/aside-outlet.ts";
import { applyTopics, generationTopics, sharedTopics } from "./cluster-topics.ts";
import { type AgreedGeneration, agreeOnGeneration } from "./generation-topic.ts";
import { isUnreachable, type KafkaHooks, openKafka, untilThere, type Waiting } from "./open-kafka.ts";
import { openRegistry, RegistryError, type RegistryTerms } from "./open-registry.ts";

/** A log on which topics and generation are as this configuration needs them. */
export interface Cluster {
  readonly log: KafkaLog;
  readonly agreed: AgreedGeneration;
  readonly partitions: number;
  /** Whose schema ids stand on records. */
  readonly registry: SchemaRegistry;
}

export interface JoinOptions extends KafkaHooks, RegistryTerms {
  readonly place: KafkaPlace;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  /** Works on a generation that is built beside the one that serves; all others wait until theirs serves. */
  readonly builds?: boolean;
}

/** This configuration's generation is being built: it serves later. */
class NotServedYet extends Error {
  readonly _tag = "NotServedYet";
}

/** A broker that is starting, or whose controller is: it answers a little later. */
const passes = (fault: unknown): boolean =>
  isUnreachable(fault) ||
  fault instanceof NotServedYet ||
  fault instanceof BrokerRefused ||
  (fault instanceof RegistryError && fault.passes);

/** Makes what topics are missing and agrees on the generation. Throws TopicsFault and GenerationFault. */
export const settleOn = async (
  log: KafkaLog,
  registry: SchemaRegistry,
  { place, workspace, nowMs, builds = false }: Pick<JoinOptions, "place" | "workspace" | "nowMs" | "builds">,
): Promise<Cluster> => {
  const { partitions } = place;
  await applyTopics(log, sharedTopics(partitions));
  const nowDay = Math.floor(nowMs() / dayMs);
  const agreed = await agreeOnGeneration(log, registry, {
    workspace,
    measures: measureShapes(catalogue),
    partitions,
    nowDay,
  });
  if (agreed.isBuilding === true && !builds)
    throw new NotServedYet(
      `Generation ${agreed.generation}, which this configuration makes, is being built: npx leadwire rebuild lets it serve.`,
    );
  await applyTopics(log, generationTopics(agreed.generation, partitions));
  if (agreed.isBuilding === true) await applyTopics(log, [{ name: asideTopic(agreed.generation), partitions }]);
  return { log, agreed, partitions, registry };
};

const joinOnce = async (options: JoinOptions): Promise<Cluster> => {
  // Few attempts each: whoever waits is told in between.
  const registry = await openRegistry({ ...options, patience: { attempts: 3 } });
  const log = await openKafka(options.place, options.secrets, options);
  try {
    return await settleOn(log, registry, options);
  } catch (fault) {
    await log.close();
    throw fault;
  }
};

/**
 * Opens the log, makes what topics are missing and agrees on the generation. Waits for brokers that do not answer;
 * undefined once the signal aborts. Throws TopicsFault and GenerationFault, which waiting would not mend.
 */
export const joinCluster = (options: JoinOptions, waiting: Waiting): Promise<Cluster | undefined> =>
  untilThere(() => joinOnce(options), passes, waiting);
