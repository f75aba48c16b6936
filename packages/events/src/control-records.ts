import { type Either, left, right } from "fp-ts/lib/Either.js";
import { avroType } from "./avro-type.ts";
import { type DecodeFault, decodeFault, Fault } from "./decode-fault.ts";
import { FramedEncoder } from "./framed-codec.ts";
import { currentSchemas, type SchemaName } from "./schema/published.ts";
import { derivedRegistry, type SchemaRegistry, schemaIdsOf } from "./schema-registry.ts";
import { frameId, frameLength } from "./wire.ts";

/** What every process of a cluster folds with from here on (schemas/generation-announced.avsc). */
export interface GenerationAnnounced {
  readonly generation: string;
  /** The workspace as JSON. */
  readonly workspace: string;
  /** The measures that are sliced by, as text. */
  readonly measures: string;
  /** Of every topic. */
  readonly partitions: number;
}

/** A reader asks a partition's tasks to tell again what the derived topics no longer hold. */
export interface RestateRequested {
  readonly generation: string;
  readonly partition: number;
  /** slices: told again from state. facts: the partition is folded anew from the log, with every output. */
  readonly scope: "slices" | "facts";
  readonly requested_by: string;
}

/** The key that a lead's contact is sealed with; null once the lead was erased. */
export interface LeadKeyRecord {
  readonly lead_id: string;
  readonly key: Uint8Array | null;
}

/** A ledger line of one task: see schemas/ledger-updated.avsc. */
export interface LedgerUpdated {
  readonly topic: string;
  readonly partition: number;
  readonly position: number;
  readonly entries: ReadonlyArray<{
    readonly source_system: string;
    readonly backfill: string;
    readonly applied: number;
    readonly duplicate: number;
    readonly quarantined: number;
    readonly superseded: number;
    readonly conflict: number;
    readonly forwarded: number;
    readonly reasons: ReadonlyArray<{ readonly reason: string; readonly count: number }>;
  }>;
}

/** A token and what its bearer may do: see schemas/access-granted.avsc. Times are in milliseconds. */
export interface AccessGranted {
  readonly token_id: string;
  readonly name: string;
  readonly sha256: string;
  readonly can: ReadonlyArray<string>;
  readonly boards: ReadonlyArray<string>;
  readonly where: ReadonlyArray<string>;
  readonly tv: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly revoked_at: number | null;
}

/** The records that processes write to one another, by the name of their schema. */
export interface ControlRecords {
  readonly "generation-announced": GenerationAnnounced;
  readonly "restate-requested": RestateRequested;
  readonly "lead-key": LeadKeyRecord;
  readonly "ledger-updated": LedgerUpdated;
  readonly "access-granted": AccessGranted;
}

export type ControlRecord = {
  [Name in keyof ControlRecords]: { readonly name: Name; readonly record: ControlRecords[Name] };
}[keyof ControlRecords];

const names: ReadonlyArray<keyof ControlRecords> = [
  "generation-announced",
  "restate-requested",
  "lead-key",
  "ledger-updated",
  "access-granted",
];
const types = new Map(names.map((name) => [name as SchemaName, avroType(currentSchemas[name])]));
const encoder = new FramedEncoder();

/** Framed Avro and back. */
export interface ControlCodec {
  readonly encodeControl: (record: ControlRecord) => Buffer;
  /** Whether a framed record is one of these: the schema's name, undefined for any other. */
  readonly controlName: (bytes: Buffer, start: number, end: number) => keyof ControlRecords | undefined;
  /** Reads what `encodeControl` wrote. */
  readonly decodeControl: (bytes: Buffer) => Either<DecodeFault, ControlRecord>;
}

/** Writes with the registry's ids; reads those and the derived ones. */
export const controlCodec = (registry: SchemaRegistry): ControlCodec => {
  const idsOf = new Map(names.map((name) => [name, schemaIdsOf(registry, name)]));
  const nameOfId = new Map([...idsOf].flatMap(([name, { own, derived }]) => [derived, own].map((id) => [id, name])));

  const encodeControl = ({ name, record }: ControlRecord): Buffer => {
    const type = types.get(name);
    const ids = idsOf.get(name);
    if (type === undefined || ids === undefined) throw new Error(`${name} is no control record`);
    const key = name === "lead-key" && record.key !== null ? { key: Buffer.from(record.key) } : {};
    return encoder.encode(type, ids.own, { ...record, ...key });
  };

  const controlName = (bytes: Buffer, start: number, end: number): keyof ControlRecords | undefined =>
    nameOfId.get(frameId(bytes, start, end));

  const decodeControl = (bytes: Buffer): Either<DecodeFault, ControlRecord> => {
    const name = controlName(bytes, 0, bytes.length);
    const type = name === undefined ? undefined : types.get(name);
    if (name === undefined || type === undefined) return left(decodeFault(Fault.unknownSchema));
    try {
      return right({ name, record: type.fromBuffer(bytes.subarray(frameLength)) } as ControlRecord);
    } catch {
      // avsc throws one kind of error for whatever it cannot read.
      return left(decodeFault(Fault.truncated));
    }
  };

  return { encodeControl, controlName, decodeControl };
};

/** The codec with the ids derived from `schemas/`. */
export const { encodeControl, controlName, decodeControl }: ControlCodec = controlCodec(derivedRegistry);
