import { join } from "node:path";
import { createProcessor, type Processor, quietCollector } from "@leadwire/processor";
import { stateLayout } from "@leadwire/stream";
import { AsideOutlet } from "../engine/aside-outlet.ts";
import { processorMetrics, processorUnready, toldTime } from "./processor-metrics.ts";
import type { ServicePart, ServiceScope } from "./service-part.ts";

/** Folds the partitions that the group gives to this process. Ready once it has nearly caught up. */
export const openProcessorPart = async (scope: ServiceScope): Promise<ServicePart> => {
  const { log, generation, workspace, catalogue, partitions, registry, dataDir, metrics, nowMs, onNotice, onFailure } =
    scope;
  quietCollector();
  const { snapshots } = scope.deployment;
  const told = toldTime(metrics);
  processorMetrics(metrics, () => processor.runner);
  const outlet = scope.isBuilding === true ? new AsideOutlet(log, generation, { keepsForwards: true }) : undefined;
  const processor: Processor = createProcessor({
    // State of another generation holds other numbers at the same positions.
    stateFolder: join(dataDir, "state", generation, `layout-${stateLayout}`),
    log: outlet?.log ?? log,
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
    onTold: (latencyMs) => told.observe(latencyMs / 1000),
  });
  await processor.start();
  return {
    serve: async () => outlet?.open(),
    unready: () => processorUnready(processor.runner),
    stop: processor.stop,
  };
};
