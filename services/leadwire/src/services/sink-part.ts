import { createSink, type Sink } from "@leadwire/sink";
import { untilThere, type Waiting } from "../cluster/open-kafka.ts";
import { comesBack } from "../cluster/server-store.ts";
import { otherLog } from "../engine/other-log.ts";
import { AsideTeller } from "./aside-teller.ts";
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
  const sinkOf = (isBuilding: boolean): Sink => {
    const opened = createSink({
      ...{ log, store, generation, registry, nowMs },
      // The sinks of the generation that serves carry what all share; a group shares the topics that all of it reads.
      ...(isBuilding ? { derivedOnly: true, group: `${group}.built` } : { group }),
      onStored: (_rows, insertMs) => stored.observe(insertMs / 1000),
    });
    opened.finished.catch(onFailure);
    return opened;
  };
  let sink = sinkOf(scope.isBuilding === true);
  sinkMetrics(metrics, () => sink);
  await sink.start();
  const aside = new AsideTeller(scope);
  if (scope.isBuilding !== true) aside.start();
  return {
    serve: async () => {
      await sink.stop();
      sink = sinkOf(false);
      await sink.start();
      aside.start();
    },
    unready: () => sinkUnready(sink),
    stop: async () => {
      await aside.stop();
      await sink.stop();
    },
  };
};
