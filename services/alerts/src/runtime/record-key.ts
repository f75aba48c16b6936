import type { AlertRecord } from "@leadwire/events";

/** The key that a record is written under, for people and connectors: its partition is its rule set's, whatever its key. */
export const recordKey = ({ name, record }: AlertRecord): Buffer => {
  switch (name) {
    case "alert-changed":
    case "alert-acknowledged":
      return Buffer.from(record.rule_set);
    case "alerts-silenced":
      return Buffer.from("silences");
    case "alerts-claimed":
      return Buffer.from("claims");
    case "notification-planned":
    case "notification-settled":
    case "resend-requested":
      return Buffer.from(record.key);
  }
};
