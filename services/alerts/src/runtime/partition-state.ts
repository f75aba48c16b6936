import type { Decisions } from "@leadwire/alerts";
import type { AlertRecord, NotificationPlanned } from "@leadwire/events";

/**
 * All that one partition of leadwire.alerts says, folded: alerts, plans, what was told. What does not count (epochs below
 * a claim that stands before) it leaves out by itself.
 */
export interface PartitionState {
  /** The next record, in the order of offsets. */
  readonly apply: (record: AlertRecord) => void;
  /** Plans that nothing says the end of, oldest first. */
  readonly unsettled: () => ReadonlyArray<NotificationPlanned>;
}

/** What an owner decides on a partition's state; other rules are a matter of whoever opened it. */
export type OwnerDecisions = Omit<Decisions, "reload">;
