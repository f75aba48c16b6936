import type { EventLog } from "@leadwire/log";
import type { PartitionTask, TaskStore } from "@leadwire/stream";
import type { ProcessorParts } from "./processor.ts";
import type { SimClickHouse } from "./sim-clickhouse.ts";

/** A fault that is planted on purpose, from outside: the simulator has to find it. */
export interface Mutation {
  readonly name: string;
  /** What goes wrong, in a sentence. */
  readonly says: string;
  readonly log?: (log: EventLog, parts: ProcessorParts) => EventLog;
  /** Log and store together, for faults of their order. */
  readonly store?: (log: EventLog, store: TaskStore, parts: ProcessorParts) => [EventLog, TaskStore];
  readonly task?: (task: PartitionTask, parts: ProcessorParts) => void;
  readonly clickHouse?: (clickHouse: SimClickHouse) => void;
}
