import type { AlertRecord, NotificationPlanned } from "@leadwire/events";
import type { ZoneCalendar } from "@leadwire/funnel";
import { AlertBook } from "../alert/alert-book.ts";
import type { RuleSetEngine } from "../alert/rule-set-engine.ts";
import type { NotificationMessage } from "../notify/message.ts";
import type { NotificationConfig } from "../notify/notification-config.ts";
import { NotificationPlanner } from "../notify/notification-planner.ts";
import type { Surroundings } from "../notify/surroundings.ts";

export interface PartitionBookParts {
  readonly config: NotificationConfig;
  /** Of the workspace's zone. */
  readonly calendar: ZoneCalendar;
  /** One for all partitions of a process. */
  readonly around: Surroundings;
}

/**
 * All that one partition of leadwire.alerts says: its alerts, and who was told of them. The same for its owner and for
 * everybody else; what a fenced owner wrote after a later claim changes nothing.
 */
export class PartitionBook {
  readonly alerts = new AlertBook();
  readonly planner: NotificationPlanner;
  private engine: RuleSetEngine | undefined;

  constructor(parts: PartitionBookParts) {
    this.planner = new NotificationPlanner(parts);
  }

  /** Takes the partition's next record, in the log's order. Whether it counts. */
  readonly apply = (entry: AlertRecord): boolean => {
    const counts =
      entry.name === "alert-changed" && this.engine !== undefined
        ? this.engine.applied(entry.record)
        : this.alerts.apply(entry);
    if (counts) this.planner.apply(entry);
    return counts;
  };

  /** What was planned and has not come to its end, in its order. */
  readonly unsettled = (): ReadonlyArray<NotificationPlanned> => this.planner.unsettled();

  /** See NotificationPlanner.messageOf. */
  messageOf(key: string): NotificationMessage | undefined {
    return this.planner.messageOf(key);
  }

  /** From here on this engine decides; undefined when it does no more. */
  decidedBy(engine: RuleSetEngine | undefined): void {
    this.engine = engine;
  }
}
