import type { EventLog } from "@leadwire/log";
import type { PartitionTask, TaskStore } from "@leadwire/stream";
import type { Machine } from "./scheduler.ts";
import type { SimClickHouse } from "./sim-clickhouse.ts";
import type { World } from "./world.ts";

/** What a mutation may take hold of in a processor. */
export interface ProcessorParts {
  readonly world: World;
  readonly machine: Machine;
  readonly tasks: () => ReadonlyArray<PartitionTask>;
}

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

/** Puts a method in place of an object's own; `original` is the one it had. */
export const replaceMethod = <A extends object, K extends keyof A>(
  object: A,
  name: K,
  method: (original: A[K]) => A[K],
): void => {
  const original = object[name];
  const bound = typeof original === "function" ? original.bind(object) : original;
  Object.defineProperty(object, name, { value: method(bound), configurable: true, writable: true });
};
