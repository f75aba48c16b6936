import { createSink } from "@leadwire/sink";
import { untilThere, type Waiting } from "../cluster/open-kafka.ts";
import { comesBack } from "../cluster/server-store.ts";
import { otherLog } from "../engine/other-log.ts";
import type { ServicePart, StoreScope } from "./service-part.ts";
import { sinkMetrics, sinkUnready, storeTime } from "./sink-metrics.ts";

export interface SinkPartOptions {
  /** Sinks of one store share its topics; those of another store read all of them too. */
  readonly group: string;
  /** For a ClickHouse that goes away while the sink begins. */
  readonly waiting: Waiting;
}

/** Carries the topics into ClickHouse. */
export const openSinkPart = async (scope: StoreScope, { group, waiting }: SinkPartOptions): Promise<ServicePart> => {
  const findForeign = () => otherLog(scope.log, scope.store, scope.generation, scope.partitions);
  const foreign = await untilThere(findForeign, comesBack, waiting);
  if (foreign !== undefined) throw new Error(foreign);
  const { log, store, generation, registry, metrics, nowMs, onFailure } = scope;
  const stored = storeTime(metrics);
  const sink = createSink({
    log,
    store,
    generation,
    registry,
    group,
    nowMs,
    onStored: (_rows, insertMs) => stored.observe(insertMs / 1000),
  });
  sinkMetrics(metrics, () => sink);
  sink.finished.catch(onFailure);
  await sink.start();
  return { unready: () => sinkUnready(sink), stop: sink.stop };
};
