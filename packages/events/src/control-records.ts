import type { Either } from "fp-ts/lib/Either.js";
import type { DecodeFault } from "./decode-fault.ts";
import { type NamedRecord, recordCodec } from "./record-codec.ts";
import { derivedRegistry, type SchemaRegistry } from "./schema-registry.ts";

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

/** What is built beside what everybody folds with (schemas/generation-building.avsc). */
export type GenerationBuilding = GenerationAnnounced;

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
  readonly "generation-building": GenerationBuilding;
  readonly "restate-requested": RestateRequested;
  readonly "lead-key": LeadKeyRecord;
  readonly "ledger-updated": LedgerUpdated;
  readonly "access-granted": AccessGranted;
}

export type ControlRecord = NamedRecord<ControlRecords>;

const names = [
  "generation-announced",
  "generation-building",
  "restate-requested",
  "lead-key",
  "ledger-updated",
  "access-granted",
] as const satisfies ReadonlyArray<keyof ControlRecords>;

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
  const { encode, nameOf, decode } = recordCodec<ControlRecords>(registry, names);
  const encodeControl = (control: ControlRecord): Buffer => {
    if (control.name !== "lead-key" || control.record.key === null) return encode(control);
    // Avro's bytes are a Buffer's, whatever view the key is.
    return encode({ name: control.name, record: { ...control.record, key: Buffer.from(control.record.key) } });
  };
  return { encodeControl, controlName: nameOf, decodeControl: decode };
};

/** The codec with the ids derived from `schemas/`. */
export const { encodeControl, controlName, decodeControl }: ControlCodec = controlCodec(derivedRegistry);
