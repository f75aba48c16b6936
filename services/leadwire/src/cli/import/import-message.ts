import type { Contact } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { SealBuffers } from "./seal-call.ts";

/** What the worker is started with. */
export interface ImportJob {
  /** Absolute. */
  readonly files: ReadonlyArray<string>;
  /** A name or an absolute path; null for `.jsonl`. */
  readonly mapping: string | null;
  /** The one that is served. */
  readonly workspace: Workspace;
  readonly revision: number;
  readonly backfill: string;
  /** Events are judged against this instant: whether they lie in the future. */
  readonly startedMs: number;
  /** Handed out and not appended yet, at most. */
  readonly batchesMax: number;
  readonly seal: SealBuffers;
}

export interface BatchMessage {
  readonly _tag: "Batch";
  readonly file: string;
  /** See http/append-frame.ts; moved, not copied. */
  readonly frame: ArrayBuffer;
  readonly events: number;
  readonly rows: number;
  readonly skipped: number;
  /** Rows by reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Of all files. */
  readonly bytesRead: number;
}

/** What the worker tells. After `Done` or `Refused` it ends. */
export type ImportMessage =
  | BatchMessage
  | { readonly _tag: "Seal"; readonly leadId: string; readonly contact: Contact }
  /** A whole file, or the mapping (`file` is empty), cannot be used. */
  | { readonly _tag: "Refused"; readonly file: string; readonly faults: ReadonlyArray<string> }
  | { readonly _tag: "Done" };
