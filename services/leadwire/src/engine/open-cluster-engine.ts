import { setTimeout as sleep } from "node:timers/promises";
import { dayMs, type SchemaRegistry } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { measureShapes } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { UnknownTopic } from "@leadwire/log";
import type { KafkaLog } from "@leadwire/log/kafka";
import { agreedOf, disagreement, GenerationFault, newestGeneration } from "../cluster/generation-topic.ts";
import { leadSealer } from "../cluster/lead-sealer.ts";
import { openKafka } from "../cluster/open-kafka.ts";
import { openRegistry, type RegistryTerms } from "../cluster/open-registry.ts";
import { serverStore } from "../cluster/server-store.ts";
import type { Secrets } from "../config.ts";
import type { ClickHousePlace, KafkaPlace } from "../deployment/deployment.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import { ClusterEngine } from "./cluster-engine.ts";

/** A command says within seconds that nobody answers. */
const clientPatience = { attempts: 3 };

export interface ClusterClientOptions extends Pick<RegistryTerms, "deployment"> {
  readonly place: KafkaPlace;
  readonly storePlace: ClickHousePlace;
  readonly secrets: Secrets;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  readonly randomKey: () => Uint8Array;
  /** A workspace file that says something else than what the cluster folds with. */
  readonly onNotice: (text: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

/** What the cluster folds with; a client asks about that, whatever its own file says. */
const servedBy = async (log: KafkaLog, registry: SchemaRegistry, options: ClusterClientOptions) => {
  const { place, workspace, nowMs, onNotice } = options;
  const measures = measureShapes(catalogue);
  const { announced, nextOffset } = await newestGeneration(log, registry, 0).catch((fault: unknown) => {
    throw fault instanceof UnknownTopic ? new GenerationFault(noTopics) : fault;
  });
  if (announced === undefined) throw new GenerationFault(noTopics);
  const agreed = agreedOf(announced, measures, nextOffset);
  const nowDay = Math.floor(nowMs() / dayMs);
  const { partitions } = announced;
  const differs = disagreement(announced, { workspace, measures, partitions: place.partitions, nowDay });
  if (differs !== undefined) onNotice(`${differs} Until then the former one is asked.`);
  return { ...agreed, workspace: differs === undefined ? workspace : agreed.workspace, partitions };
};

const noTopics =
  "The cluster has no topics yet: run npx leadwire topics apply, then start services with npx leadwire run.";

/** Opens the engine of a cluster for one command; rejects where the log does not answer, or nothing is set up there yet. */
export const openClusterEngine = async (options: ClusterClientOptions): Promise<SealingEngine> => {
  const { place, storePlace, secrets, nowMs } = options;
  const registry = await openRegistry({ ...options, patience: clientPatience });
  const log = await openKafka(place, secrets, { clientId: "leadwire-client", onListenerFault: options.onFailure });
  try {
    const { generation, workspace, partitions } = await servedBy(log, registry, options);
    const store = serverStore(storePlace, secrets);
    const sealer = leadSealer({
      log,
      partitions,
      registry,
      randomKey: options.randomKey,
      onFailure: options.onFailure,
    });
    const engine = new ClusterEngine({
      log,
      store,
      generation,
      workspace,
      catalogue,
      calendar: new ZoneCalendar(workspace.timeZone),
      partitions,
      registry,
      nowMs,
      sleep: (ms) => sleep(ms),
      close: async () => {
        await sealer.stop();
        await store.close();
        await log.close();
      },
    });
    return { ...engine, seal: sealer.seal };
  } catch (fault) {
    await log.close();
    throw fault;
  }
};
