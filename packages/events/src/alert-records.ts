import { type Either, left, right } from "fp-ts/lib/Either.js";
import { avroType } from "./avro-type.ts";
import { type DecodeFault, decodeFault, Fault } from "./decode-fault.ts";
import { FramedEncoder } from "./framed-codec.ts";
import { currentSchemas } from "./schema/published.ts";
import { derivedRegistry, type SchemaRegistry, schemaIdsOf } from "./schema-registry.ts";
import { frameId, frameLength } from "./wire.ts";

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

export type AlertRecord = {
  [Name in keyof AlertRecords]: { readonly name: Name; readonly record: AlertRecords[Name] };
}[keyof AlertRecords];

const names: ReadonlyArray<keyof AlertRecords> = [
  "alert-changed",
  "alerts-claimed",
  "alerts-silenced",
  "alert-acknowledged",
  "notification-planned",
  "notification-settled",
  "resend-requested",
];
const types = new Map(names.map((name) => [name, avroType(currentSchemas[name])]));
const encoder = new FramedEncoder();

/** Framed Avro and back. */
export interface AlertCodec {
  readonly encodeAlert: (record: AlertRecord) => Buffer;
  /** Reads what `encodeAlert` wrote; Left for any other record. */
  readonly decodeAlert: (bytes: Buffer) => Either<DecodeFault, AlertRecord>;
}

/** Writes with the registry's ids; reads those and the derived ones. */
export const alertCodec = (registry: SchemaRegistry): AlertCodec => {
  const idsOf = new Map(names.map((name) => [name, schemaIdsOf(registry, name)]));
  const nameOfId = new Map([...idsOf].flatMap(([name, { own, derived }]) => [derived, own].map((id) => [id, name])));

  const encodeAlert = ({ name, record }: AlertRecord): Buffer => {
    const type = types.get(name);
    const ids = idsOf.get(name);
    if (type === undefined || ids === undefined) throw new Error(`${name} is no record of alerts`);
    return encoder.encode(type, ids.own, record);
  };

  const decodeAlert = (bytes: Buffer): Either<DecodeFault, AlertRecord> => {
    const name = nameOfId.get(frameId(bytes, 0, bytes.length));
    const type = name === undefined ? undefined : types.get(name);
    if (name === undefined || type === undefined) return left(decodeFault(Fault.unknownSchema));
    try {
      return right({ name, record: type.fromBuffer(bytes.subarray(frameLength)) } as AlertRecord);
    } catch {
      // avsc throws one kind of error for whatever it cannot read.
      return left(decodeFault(Fault.truncated));
    }
  };

  return { encodeAlert, decodeAlert };
};

/** The codec with the ids derived from `schemas/`. */
export const { encodeAlert, decodeAlert }: AlertCodec = alertCodec(derivedRegistry);
