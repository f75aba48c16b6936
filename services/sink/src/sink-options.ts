import type { SchemaRegistry } from "@leadwire/events";
import type { EventLog, LogPosition } from "@leadwire/log";
import type { Store, StoredPosition, StoreFault } from "@leadwire/store";
import type { Pace } from "./pace.ts";
import type { SinkCounts, SinkStatus } from "./sink-status.ts";

export interface SinkOptions {
  readonly log: EventLog;
  /** Migrated, with the generation's tables made. */
  readonly store: Store;
  readonly generation: string;
  /**
   * Carries the generation's own topics alone: what all generations share is carried by the sink of the one that serves.
   * Such a sink needs a group of its own.
   */
  readonly derivedOnly?: true;
  /** Whose schema ids stand on records; those derived from `schemas/` are always read. */
  readonly registry?: SchemaRegistry;
  /** A clock that never goes back, for ages only. */
  readonly nowMs: () => number;
  readonly group?: string;
  /** Bounds of one insert. */
  readonly rowsMax?: number;
  readonly bytesMax?: number;
  /** Between two inserts into one table, of all sinks of the group together: each waits as its share is. */
  readonly ageMs?: number;
  /** Names this sink where it asks for something to be told again. */
  readonly name?: string;
  /** How time passes; as the event loop has it unless given (a simulation has a scheduler of its own). */
  readonly pace?: Pace;
  /** Told of each failure of ClickHouse before it is tried again. */
  readonly onWait?: (fault: StoreFault, waitMs: number) => void;
  /** Told of each batch once it is stored, rows and marks. */
  readonly onStored?: (rows: number, insertMs: number) => void;
}

export interface Sink {
  /** Joins the group and begins to store. */
  readonly start: () => Promise<void>;
  /** Up to where each of this sink's partitions is stored. */
  readonly reached: () => ReadonlyArray<StoredPosition>;
  /** Resolves once every record before these offsets is stored. */
  readonly stored: (upTo: ReadonlyArray<LogPosition>) => Promise<void>;
  readonly counts: () => SinkCounts;
  readonly status: () => SinkStatus;
  /** Pending while the sink works; rejects when it can't go on (a statement refused, a damaged log). */
  readonly finished: Promise<void>;
  /** Stores what was read, while ClickHouse answers, and leaves the group; ten seconds at most. */
  readonly stop: () => Promise<void>;
}
