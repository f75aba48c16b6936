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

/** What is made anew, and from what. */
export interface LogContext {
  readonly log: EventLog;
  readonly workspace: Workspace;
  readonly measures: ReadonlyArray<Measure>;
  readonly generation: string;
  readonly partitions: number;
  readonly registry?: SchemaRegistry;
  /** Of every task: what follows from the records before these positions has been stored. */
  readonly tasks: ReadonlyArray<TaskPosition>;
}

export interface VerifyContext extends LogContext {
  readonly store: Store;
  /** The tasks themselves, where they are in this process: what they hold is compared too. */
  readonly live?: ReadonlyArray<PartitionTask>;
  readonly nowMs: number;
}
