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

/** What an owner decides on a partition's state. Synchronous; what takes long is spread over calls. */
export interface Decisions {
  /**
   * What follows at this instant, in the order in which it is to be written: transitions, and what is to be told of them.
   * The state learns of them once they are in the log; until then there is no other step.
   */
  readonly step: (nowMs: number, isLive: boolean) => ReadonlyArray<AlertRecord>;
  /** When time alone may bring something; the past where there was too much for one step. +Infinity for never. */
  readonly nextDueMs: () => number;
  readonly end: () => void;
}
