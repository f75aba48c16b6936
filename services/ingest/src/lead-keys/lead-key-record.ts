import { hash } from "node:crypto";
import { type ControlCodec, leadKeysTopic } from "@leadwire/events";
import { type LogRecord, partitionOf } from "@leadwire/log";

/** What a key's records are made with. */
export interface KeyPlace {
  /** Of the topic, as of every other. */
  readonly partitions: number;
  readonly codec: ControlCodec;
}

/** No lead's id holds it: events with a NUL in a text are refused. */
const separator = Buffer.of(0);
const nameBytes = 8;

/**
 * The record key of a proposed key: the lead, and a name made from the key itself. So no later record but the proposal's
 * own removal can take its place when the topic is compacted, however late a door appends.
 */
export const proposalKey = (leadId: string, key: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(leadId), separator, hash("sha256", key, "buffer").subarray(0, nameBytes)]);

/** Everything of one lead lies in one partition, also where record keys differ. */
export const leadPartition = (leadId: string, partitions: number): number =>
  partitionOf(Buffer.from(leadId), partitions);

/** A door proposes a key for a lead: the first of a lead's proposals is its key. */
export const proposalRecord = (place: KeyPlace, leadId: string, key: Uint8Array): LogRecord => ({
  topic: leadKeysTopic,
  partition: leadPartition(leadId, place.partitions),
  key: proposalKey(leadId, key),
  value: place.codec.encodeControl({ name: "lead-key", record: { lead_id: leadId, key } }),
});

/** Takes a proposal out: compaction leaves this in its place. */
export const removalRecord = (place: KeyPlace, leadId: string, key: Uint8Array): LogRecord => ({
  ...proposalRecord(place, leadId, key),
  value: place.codec.encodeControl({ name: "lead-key", record: { lead_id: leadId, key: null } }),
});
