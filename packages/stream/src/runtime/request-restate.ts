import { controlCodec, controlTopic, type RestateRequested, type SchemaRegistry } from "@leadwire/events";
import type { EventLog } from "@leadwire/log";

export interface RestateAsker {
  readonly log: Pick<EventLog, "append">;
  /** Whose schema ids stand on records. */
  readonly registry: SchemaRegistry;
  readonly generation: string;
  /** Names whoever asks, for people who read the topic. */
  readonly requestedBy: string;
}

/**
 * Asks a partition's tasks, wherever they run, to tell again what the derived topics no longer hold (restate-requests.ts
 * serves it). Resolves once the request is durable, to the offset behind it: the request is served when `requestsServed`
 * of the tasks' heartbeats has reached that.
 */
export const requestRestate = async (
  { log, registry, generation, requestedBy }: RestateAsker,
  partition: number,
  scope: RestateRequested["scope"],
): Promise<number> => {
  const record = { generation, partition, scope, requested_by: requestedBy };
  const value = controlCodec(registry).encodeControl({ name: "restate-requested", record });
  const key = Buffer.from(`restate/${partition}`);
  const [at] = await log.append([{ topic: controlTopic, partition: 0, key, value }]);
  if (at === undefined) throw new Error("the log appended a record and said no position");
  return at.offset + 1;
};
