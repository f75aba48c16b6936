import type { AlertChanged, AlertRecord, NotificationPlanned } from "@leadwire/events";
import type { SeenAlert } from "./expected-alert.ts";

const fieldsOf = (record: AlertChanged): ReadonlyArray<readonly [string, string | number | null]> => [
  ...Object.entries(record.labels),
  ["rule", record.rule],
  ["rule_set", record.rule_set],
  ["status", record.status],
  ["severity", record.severity],
  ["step", record.step],
  ["value", record.value],
  ["numerator", record.numerator],
  ["denominator", record.denominator],
  ["threshold", record.threshold],
  ["cause", record.cause],
  ["summary", record.summary],
];

/** The alerts of a replay as a test asks for them, from the records alone. */
export class SeenAlerts {
  private readonly newest = new Map<string, AlertChanged>();
  private told: SeenAlert[] = [];

  apply({ name, record }: AlertRecord): void {
    if (name === "alert-changed") this.newest.set(record.fingerprint, record);
    if (name === "notification-planned") this.tell(record);
  }

  /** In the order of their first beginning. */
  withStatus(status: AlertChanged["status"]): ReadonlyArray<SeenAlert> {
    return [...this.newest.values()].filter((each) => each.status === status).map((each) => new Map(fieldsOf(each)));
  }

  /** Each alert of each notification planned since the last call. */
  takeTold(): ReadonlyArray<SeenAlert> {
    const { told } = this;
    this.told = [];
    return told;
  }

  private tell({ receiver, kind, alerts }: NotificationPlanned): void {
    for (const fingerprint of alerts) {
      const alert = this.newest.get(fingerprint);
      if (alert !== undefined) this.told.push(new Map([...fieldsOf(alert), ["receiver", receiver], ["kind", kind]]));
    }
  }
}
