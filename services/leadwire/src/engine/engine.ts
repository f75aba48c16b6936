import type { AccessGranted, QuarantineReason } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import type { KpiAnswer, UsageFault } from "@leadwire/kpis";
import type { LogPosition, LogRecord, Partition } from "@leadwire/log";
import type { SqlFault } from "@leadwire/query";
import type { LedgerCounts } from "@leadwire/stream";
import type { Either } from "fp-ts/lib/Either.js";
import type { ReadRecord } from "../quarantine/read-back.ts";
import type { ReportArgs } from "../reports/report.ts";
import type { EventChunk } from "./read-events.ts";
import type { Rebuilds } from "./rebuild/rebuild-status.ts";

/** A KPI question in the words of the command line; the engine reads windows and instants. */
export interface KpiRequest {
  /** `win_rate`, `lead_response_time.p90`. */
  readonly metric: string;
  readonly window: string;
  readonly by: ReadonlyArray<string>;
  /** `DIM=VALUE`, each. */
  readonly where: ReadonlyArray<string>;
  /** `now`, `latest`, or an instant. */
  readonly at: string;
  /** An instant: the answer rests on what was appended by then; on all where it is not given. */
  readonly asOf?: string;
  /** What the window is held against: `prior` or `year`. */
  readonly compare?: string;
}

/**
 * One source system's line of the ledger: `accepted` and `pending` from the log, the rest from the tasks. A record that
 * lay in a wrong place and was sent on is `forwarded`; what is accepted, and counts, is its copy in the right place.
 */
export interface LedgerLine {
  readonly source: string;
  readonly accepted: number;
  readonly applied: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly pending: number;
  readonly forwarded: number;
  readonly superseded: number;
  readonly conflict: number;
  /**
   * accepted − (applied + duplicate + quarantined + pending), and records that were sent on and have not arrived: 0
   * unless something is wrong.
   */
  readonly missing: number;
}

export interface LedgerReport {
  readonly lines: ReadonlyArray<LedgerLine>;
  readonly total: Omit<LedgerLine, "source">;
  readonly balanced: boolean;
}

/** A quarantined record without its bytes, for lists. */
export interface QuarantineEntry {
  readonly id: string;
  readonly source: string;
  readonly origin: string;
  readonly position: number;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly at: string;
  /** Absent while no event of its identity is in use. */
  readonly settled?: Settled;
}

/** How a quarantined event came into use after all: as it was, or by a higher revision. */
export type Settled = "replayed" | "repaired";

/** A quarantined record with its bytes. */
export interface ShownQuarantined extends ReadRecord {
  /** Absent while no event of its identity is in use. */
  readonly settled?: Settled;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly records: number;
  readonly compared: ReadonlyArray<{ readonly what: string; readonly count: number; readonly differences: number }>;
  /** The first differences, in words. */
  readonly examples: ReadonlyArray<string>;
}

export interface EngineStatus {
  readonly url: string | null;
  readonly generation: string;
  readonly completeThrough: string | null;
  /** Records appended and not processed, and not stored in ClickHouse. */
  readonly pending: number;
  readonly unstored: number;
  readonly events: number;
}

/**
 * The whole engine behind one door. In the process that owns a data directory it is the engine itself; in any other it
 * is a client that asks the owner over HTTP (http/engine-client.ts): the same answers either way.
 */
export interface Engine {
  /** Resolves when every record is durable. */
  readonly append: (records: ReadonlyArray<LogRecord>) => Promise<void>;
  /** Resolves once everything appended so far is folded, told to live views, and stored in ClickHouse. */
  readonly settle: () => Promise<void>;
  readonly kpi: (request: KpiRequest) => Promise<Either<UsageFault, ReadonlyArray<KpiAnswer>>>;
  /** One of reports/reports.ts: a document that JSON can carry. */
  readonly report: (name: string, args: ReportArgs) => Promise<Either<UsageFault, unknown>>;
  /** The answer as ClickHouse formats it. */
  readonly sql: (sql: string, format: string | undefined) => Promise<Either<SqlFault, Uint8Array>>;
  readonly ledger: () => Promise<LedgerReport>;
  /** What became of the records that carry a backfill id. */
  readonly backfill: (id: string) => Promise<LedgerCounts>;
  /** The newest first; `reason`: only what was put aside for it. */
  readonly quarantineList: (limit: number, reason?: string) => Promise<ReadonlyArray<QuarantineEntry>>;
  readonly quarantineShow: (id: string) => Promise<ShownQuarantined | null>;
  readonly verify: () => Promise<VerifyReport>;
  readonly status: () => Promise<EngineStatus>;
  /** Where every partition of the event topics ends now. */
  readonly eventEnds: () => Promise<ReadonlyArray<LogPosition>>;
  /** Events as they were appended, from an offset on: for whoever plays them again. */
  readonly readEvents: (place: Partition, from: number) => Promise<EventChunk>;
  /** The workspace that is served: what the state was folded with, also where the file says something else since. */
  readonly workspace: () => Promise<Workspace>;
  /** Every token for boards as it stands, the oldest first; revoked and expired ones, too. */
  readonly grants: () => Promise<ReadonlyArray<AccessGranted>>;
  /** Where the engine folds for itself, on one machine. */
  readonly rebuilds?: Rebuilds | undefined;
  readonly close: () => Promise<void>;
}
