import { join } from "node:path";
import { createProcessor, type Processor } from "@leadwire/processor";
import { stateLayout } from "@leadwire/stream";
import { processorMetrics } from "./processor-metrics.ts";
import type { ServicePart, ServiceScope } from "./service-part.ts";

const secondsText = (ms: number): string => `${Math.ceil(ms / 1000)} s`;

const unreadyOf = ({ runner }: Processor): ReadonlyArray<string> => {
  const { ready, loading, behindRecords, caughtUpInMs } = runner.progress();
  if (ready) return [];
  const state = loading > 0 ? ` The state of ${loading} partitions is being loaded.` : "";
  const left = caughtUpInMs === null ? "" : ` At this pace it has caught up in ${secondsText(caughtUpInMs)}.`;
  return [`The processor is ${behindRecords} records behind.${state}${left}`];
};

/** Folds the partitions that the group gives to this process. Ready once it has nearly caught up. */
export const openProcessorPart = async (scope: ServiceScope): Promise<ServicePart> => {
  const { log, generation, workspace, catalogue, partitions, registry, dataDir, metrics, nowMs, onNotice, onFailure } =
    scope;
  const { snapshots } = scope.deployment;
  const told = processorMetrics(metrics, () => processor.runner);
  const processor: Processor = createProcessor({
    // State of another generation holds other numbers at the same positions.
    stateFolder: join(dataDir, "state", generation, `layout-${stateLayout}`),
    log,
    nowMs,
    onFailure,
    workspace,
    measures: catalogue.measures,
    generation,
    partitions,
    registry,
    tellsErasures: true,
    followsRequests: true,
    ...(snapshots === undefined ? {} : { snapshots: { ...snapshots, writer: scope.processName } }),
    onNotice,
    onTold: (latencyMs) => told.latency.observe(latencyMs / 1000),
  });
  await processor.start();
  return { unready: () => unreadyOf(processor), stop: processor.stop };
};
