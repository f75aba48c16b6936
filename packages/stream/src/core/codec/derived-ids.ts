import {
  type ControlCodec,
  controlCodec,
  derivedRegistry,
  type EventCodec,
  eventCodec,
  formerIdsOf,
  frameId,
  isOneOf,
  type QuarantineCodec,
  quarantineCodec,
  type SchemaIds,
  type SchemaRegistry,
  schemaIdsOf,
} from "@leadwire/events";

/** The schema ids on records of the derived topics. */
export interface DerivedIds {
  /** Of the former versions the last one: it lacks one field at the end. */
  readonly fact: SchemaIds;
  readonly slice: SchemaIds;
  readonly heartbeat: SchemaIds;
  readonly ledger: SchemaIds;
}

export const derivedIds = (registry: SchemaRegistry): DerivedIds => ({
  fact: { ...schemaIdsOf(registry, "fact-changed"), former: formerIdsOf("fact-changed").slice(-1) },
  slice: schemaIdsOf(registry, "slice-updated"),
  heartbeat: { ...schemaIdsOf(registry, "heartbeat"), former: formerIdsOf("heartbeat") },
  ledger: schemaIdsOf(registry, "ledger-updated"),
});

/** Those derived from `schemas/`: what a reader goes by that is told of no registry. */
export const idsWithoutRegistry: DerivedIds = derivedIds(derivedRegistry);

/** Whether a record of the metrics topic is a task's line of the ledger. */
export const isLedger = (bytes: Buffer, start: number, end: number, ids: DerivedIds = idsWithoutRegistry): boolean =>
  isOneOf(ids.ledger, frameId(bytes, start, end));

/** How the tasks of one registry read and write records. */
export interface TaskCodecs extends EventCodec, QuarantineCodec, ControlCodec {
  readonly registry: SchemaRegistry;
  readonly ids: DerivedIds;
}

const codecsByRegistry = new WeakMap<SchemaRegistry, TaskCodecs>();

/** Made once for each registry: all tasks of a process share them. */
export const taskCodecs = (registry: SchemaRegistry = derivedRegistry): TaskCodecs => {
  const known = codecsByRegistry.get(registry);
  if (known !== undefined) return known;
  const ids = derivedIds(registry);
  const made = { registry, ids, ...eventCodec(registry), ...quarantineCodec(registry), ...controlCodec(registry) };
  codecsByRegistry.set(registry, made);
  return made;
};
