import type { QuarantineReason, SchemaRegistry } from "@leadwire/events";
import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Verdict } from "./judge.ts";
import type { Place } from "./place.ts";
import type { TaskState } from "./state/task-state.ts";
import type { OutputBatch } from "./task-output.ts";

/** What a task is told about where it stands. */
export interface TaskContext {
  readonly workspace: Workspace;
  readonly calendar: ZoneCalendar;
  readonly generation: string;
  readonly partition: number;
  /** Partitions of every topic. */
  readonly partitions: number;
  /** Facts and slices are kept but not told: for whoever only wants the state, as `verify` and benchmarks do. */
  readonly silent?: boolean;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  /** Says on the topic of lead keys that a lead was erased, for doors that keep keys there. */
  readonly tellsErasures?: boolean;
}

/** One record of the task's input; the value is `bytes` from `start` to `end`. Append times never fall. */
export interface InputRecord {
  bytes: Buffer;
  start: number;
  end: number;
  offset: number;
  appendTimeMs: number;
  /** The import or replay that brought it; empty for a live one. */
  backfill: string;
  /** The text of the first header of that name; undefined where the record has none. */
  readonly header?: (name: string) => string | undefined;
}

/** What became of a record: exactly one of these. */
export type Treatment =
  | { readonly _tag: "Applied"; readonly superseding: boolean }
  | { readonly _tag: "Duplicate"; readonly conflict: boolean }
  /** Lies where it does not belong: it is sent on, and counts where it arrives. */
  | { readonly _tag: "Forwarded"; readonly place: Place }
  | { readonly _tag: "Quarantined"; readonly reason: QuarantineReason; readonly detail: string };

/** Puts a record aside. Only these fields are taken: a verdict may come with a tag of its own. */
export const quarantined = ({ reason, detail }: Verdict): Treatment => ({ _tag: "Quarantined", reason, detail });

/** What a task does with its input, by kind of entity. Synchronous: one call a record, no promise. */
export interface TaskFold {
  readonly treat: (record: InputRecord) => Treatment;
  /** Of the record treated last. */
  readonly occurredAtMs: number;
  readonly sourceText: () => string;
  readonly state: TaskState;
  readonly takeOutput: (into: Array<OutputBatch>) => void;
}
