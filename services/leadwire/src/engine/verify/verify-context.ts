import type { SchemaRegistry } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { Measure } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import type { Store } from "@leadwire/store";
import type { PartitionTask } from "@leadwire/stream";

/** Up to where a task has folded its input. */
export interface TaskPosition {
  readonly topic: string;
  readonly partition: number;
  readonly position: number;
}

export interface VerifyContext {
  readonly log: EventLog;
  readonly store: Store;
  readonly workspace: Workspace;
  readonly measures: ReadonlyArray<Measure>;
  readonly generation: string;
  readonly partitions: number;
  readonly registry?: SchemaRegistry;
  /** Of every task: what follows from the records before these positions has been stored. */
  readonly tasks: ReadonlyArray<TaskPosition>;
  /** The tasks themselves, where they are in this process: what they hold is compared too. */
  readonly live?: ReadonlyArray<PartitionTask>;
  readonly nowMs: number;
}
