import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue, UsageFault } from "@leadwire/kpis";
import type { Store } from "@leadwire/store";
import type { Either } from "fp-ts/lib/Either.js";

/** What a report was asked, as the command line and HTTP write it: `{ window: "2017-Q3", where: ["region=East"] }`. */
export type ReportArgs = Readonly<Record<string, string | ReadonlyArray<string>>>;

/** What a report is made from: everything that was appended before the question is folded and stored. */
export interface ReportContext {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly catalogue: Catalogue;
  readonly calendar: ZoneCalendar;
  readonly nowMs: number;
  /** Of the newest event applied; null before the first. */
  readonly newestMs: number | null;
}

/** Answers with a document that JSON can carry. Rejects with StoreError where ClickHouse fails. */
export type Report = (context: ReportContext, args: ReportArgs) => Promise<Either<UsageFault, unknown>>;
