import type { SalesEvent } from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";

/** One record of the log, as it was appended. */
export interface OracleRecord {
  readonly event: SalesEvent;
  readonly appendTimeMs: number;
  readonly offset?: number;
}

/** All that the oracle is told. */
export interface OracleInput {
  readonly events: ReadonlyArray<OracleRecord>;
  readonly workspace: Workspace;
  /** SHA-256 of the decoded content, as hex: of two contents under one id and revision, the smaller counts. */
  readonly contentHash: (event: SalesEvent) => string;
  /** Only what was appended at or before this instant is known. */
  readonly asOfMs?: number;
}
