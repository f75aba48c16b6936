import type { EventLog } from "@leadwire/log";
import type { Scenario } from "./scenario.ts";
import type { Machine, Scheduler } from "./scheduler.ts";
import type { SimBroker } from "./sim-broker.ts";
import type { SimClickHouse } from "./sim-clickhouse.ts";
import type { NetworkFaults } from "./sim-log.ts";
import type { SimSnapshots } from "./sim-snapshots.ts";

/** The generation that everything in a simulation folds with. */
export const generation = "sim";

/** What the parts of one simulation share. */
export interface World {
  readonly scenario: Scenario;
  readonly scheduler: Scheduler;
  readonly broker: SimBroker;
  readonly clickHouse: SimClickHouse;
  readonly snapshots: SimSnapshots;
  /** How badly the network behaves at this moment. */
  readonly networkFaults: () => NetworkFaults;
  /** Ends the seed with what was found. */
  readonly fail: (cause: unknown) => void;
  /** The log as a machine sees it; `onFault` is told of what its listeners throw. */
  readonly logOf: (machine: Machine, onFault: (cause: unknown) => void) => EventLog;
}
