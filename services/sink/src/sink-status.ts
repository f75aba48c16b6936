import type { StoreFault } from "@leadwire/store";

export interface SinkCounts {
  /** Records that retention took before they were stored. */
  readonly expired: number;
  /** Heartbeats, and records that cannot be decoded. */
  readonly withoutRow: number;
}

/** How a sink is doing, for metrics and for readiness. Seconds and milliseconds are real ones, totals since its start. */
export interface SinkStatus extends SinkCounts {
  /** It has its partitions and ClickHouse takes its rows. */
  readonly ready: boolean;
  /** Partitions that it reads. */
  readonly partitions: number;
  readonly batches: number;
  readonly rows: number;
  /** Over the last ten seconds. */
  readonly rowsPerSecond: number;
  readonly insertMsLast: number;
  readonly insertMsSum: number;
  /** The least time between two of its inserts into one table: its part of what all sinks may do. */
  readonly insertIntervalMs: number;
  /** Active parts of each table that it writes to, as of the last look (every two seconds). */
  readonly partsByTable: ReadonlyMap<string, number>;
  /** Records at the ends of its partitions that are not stored; as of the last look. */
  readonly lagRecords: number;
  /** For how long the oldest of them has been there, as far as this process has seen. */
  readonly lagSeconds: number;
  /** Gaps of retention for which the tasks were asked to tell again. */
  readonly restatesRequested: number;
  /** What keeps it from storing now; absent while it can. */
  readonly waiting?: { readonly fault: StoreFault; readonly seconds: number };
}
