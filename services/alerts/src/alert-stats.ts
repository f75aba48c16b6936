import type { Severity } from "@leadwire/alerts";
import type { AlertRecord } from "@leadwire/events";

/** How the service's work is going, for metrics; counts are since the start of the process. */
export interface AlertStats {
  /** Partitions that this process decides on. */
  readonly partitions: number;
  /** Rules of those partitions. */
  readonly rules: number;
  readonly firing: Readonly<Record<Severity, number>>;
  readonly pending: number;
  /** Passes over all that is owned. */
  readonly evaluations: number;
  /** By the state that alerts went into. */
  readonly transitions: Readonly<Record<"pending" | "firing" | "resolved" | "inactive", number>>;
  /** Ended, by outcome. */
  readonly notifications: Readonly<Record<"delivered" | "dead", number>>;
  /** On their way. */
  readonly waiting: number;
  /** Receivers that do not take what they are sent. */
  readonly failingReceivers: ReadonlyArray<string>;
}

/** Counts what was written. */
export class WrittenCounts {
  readonly transitions = { pending: 0, firing: 0, resolved: 0, inactive: 0 };
  readonly notifications = { delivered: 0, dead: 0 };

  note(records: ReadonlyArray<AlertRecord>): void {
    for (const { name, record } of records) {
      if (name === "alert-changed") this.transitions[record.status] += 1;
      if (name === "notification-settled") this.notifications[record.outcome] += 1;
    }
  }
}
