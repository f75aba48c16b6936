import type { SchemaRegistry } from "@leadwire/events";
import type { KafkaLog } from "@leadwire/log/kafka";
import { readSecrets } from "../config.ts";
import type { KafkaPlace } from "../deployment/deployment.ts";
import type { Config } from "./config-file.ts";
import type { CliContext } from "./context.ts";

/** Opens a cluster's log for a command about its topics; rejects at once where no broker answers. */
export const openTopics = async (
  { terminal }: CliContext,
  { deployment }: Config,
  place: KafkaPlace,
): Promise<{ readonly log: KafkaLog; readonly registry: SchemaRegistry }> => {
  const { openRegistry } = await import("../cluster/open-registry.ts");
  const { openKafka } = await import("../cluster/open-kafka.ts");
  const secrets = readSecrets();
  const registry = await openRegistry({ deployment, secrets, onNotice: terminal.note });
  return { log: await openKafka(place, secrets, { clientId: "leadwire-topics" }), registry };
};
