import type { Either } from "fp-ts/lib/Either.js";
import type { DecodeFault } from "./decode-fault.ts";
import { type NamedRecord, recordCodec } from "./record-codec.ts";
import { derivedRegistry, type SchemaRegistry } from "./schema-registry.ts";

/** The records of leadwire.alerts; what each field means stands in `schemas/`. Times are in milliseconds. */

export type AlertStatus = "inactive" | "pending" | "firing" | "resolved";
/** gone: the group or entity has no value any more. */
export type AlertCause = "data" | "time" | "gone" | "rule_changed" | "rule_removed" | "formula_changed";

/** A transition of one alert. */
export interface AlertChanged {
  readonly transition_id: string;
  readonly epoch: number;
  readonly rule_set: string;
  readonly rule: string;
  readonly rule_version: string;
  readonly generation: string;
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly severity: string;
  readonly former: AlertStatus;
  readonly status: AlertStatus;
  readonly step: number;
  readonly cause: AlertCause;
  readonly at: number;
  readonly evaluated_at: number;
  readonly started_at: number;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly threshold: number | null;
  readonly unit: string;
  readonly events: ReadonlyArray<string>;
  readonly summary: string;
  readonly explain: string;
}

/** An owner of a partition; records of lower epochs behind it do not count. */
export interface AlertsClaimed {
  readonly epoch: number;
  readonly owner: string;
  readonly generation: string;
  readonly claimed_at: number;
}

export interface AlertMatcher {
  readonly label: string;
  readonly operator: "equals" | "differs" | "matches" | "mismatches";
  readonly value: string;
}

export interface AlertsSilenced {
  readonly silence_id: string;
  readonly matchers: ReadonlyArray<AlertMatcher>;
  readonly author: string;
  readonly comment: string;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly set_at: number;
}

export interface AlertAcknowledged {
  readonly rule_set: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly author: string;
  readonly comment: string;
  readonly acknowledged_at: number;
}

export interface NotificationPlanned {
  readonly key: string;
  readonly epoch: number;
  readonly receiver: string;
  readonly group_key: string;
  readonly group: Readonly<Record<string, string>>;
  readonly kind: "changed" | "repeated" | "resent";
  readonly transitions: ReadonlyArray<string>;
  readonly alerts: ReadonlyArray<string>;
  readonly planned_at: number;
}

export interface NotificationSettled {
  readonly key: string;
  readonly epoch: number;
  readonly receiver: string;
  readonly outcome: "delivered" | "dead";
  readonly attempts: number;
  readonly detail: string;
  readonly settled_at: number;
}

/** Stands in the partition of the notification that it names. */
export interface ResendRequested {
  readonly key: string;
  readonly author: string;
  readonly requested_at: number;
}

export interface AlertRecords {
  readonly "alert-changed": AlertChanged;
  readonly "alerts-claimed": AlertsClaimed;
  readonly "alerts-silenced": AlertsSilenced;
  readonly "alert-acknowledged": AlertAcknowledged;
  readonly "notification-planned": NotificationPlanned;
  readonly "notification-settled": NotificationSettled;
  readonly "resend-requested": ResendRequested;
}

export type AlertRecord = NamedRecord<AlertRecords>;

const names = [
  "alert-changed",
  "alerts-claimed",
  "alerts-silenced",
  "alert-acknowledged",
  "notification-planned",
  "notification-settled",
  "resend-requested",
] as const satisfies ReadonlyArray<keyof AlertRecords>;

/** Framed Avro and back. */
export interface AlertCodec {
  readonly encodeAlert: (record: AlertRecord) => Buffer;
  /** Reads what `encodeAlert` wrote; Left for any other record. */
  readonly decodeAlert: (bytes: Buffer) => Either<DecodeFault, AlertRecord>;
}

/** Writes with the registry's ids; reads those and the derived ones. */
export const alertCodec = (registry: SchemaRegistry): AlertCodec => {
  const { encode, decode } = recordCodec<AlertRecords>(registry, names);
  return { encodeAlert: encode, decodeAlert: decode };
};

/** The codec with the ids derived from `schemas/`. */
export const { encodeAlert, decodeAlert }: AlertCodec = alertCodec(derivedRegistry);
