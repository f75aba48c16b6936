import { frameId, type LeadKeyRecord } from "@leadwire/events";
import { type EventLog, ExpiredOffset, type LogRecord, type Partition, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { type KeyPlace, proposalKey, removalRecord } from "./lead-key-record.ts";
import { LeadKeyTable } from "./lead-key-table.ts";

/** What is needed of the log. */
export type KeyLog = Pick<EventLog, "append" | "read" | "bounds" | "waitForData">;

/** Some 2,000 records: bounds how long one chunk holds up the event loop. */
const chunkBytes = 1 << 18;
const waitMs = 1_000;

/** A record whose schema is not known here. */
class UnknownKeySchema extends Error {
  readonly _tag = "UnknownKeySchema";
  constructor(id: number, { topic, partition }: Partition, offset: number) {
    super(
      `${topic}-${partition} has a record at offset ${offset} with schema id ${id}, which is not known here, so that a lead's ` +
        "key could be missed. Name the same schema_registry in leadwire.yaml as the other services have.",
    );
  }
}

/** One partition of the key topic, read in order into a table. */
export class KeyPartition {
  readonly table = new LeadKeyTable();
  /** Proposals that must go and whose removal was not read yet, by record key. */
  readonly unwanted = new Map<string, LogRecord>();
  position = 0;
  /** Records that are no lead's key: somebody else writes to the topic. */
  unreadable = 0;
  private readonly log: KeyLog;
  private readonly place: Partition;
  private readonly made: KeyPlace;
  private readonly cursor = new RecordCursor();
  /** Reads run one after another. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(log: KeyLog, place: Partition, made: KeyPlace) {
    this.log = log;
    this.place = place;
    this.made = made;
  }

  /** Resolves once every record below `end`, which is durable, has been read. */
  async readTo(end: number): Promise<void> {
    while (this.position < end) {
      const before = this.position;
      await this.readOn();
      if (this.position === before) await this.log.waitForData([{ ...this.place, offset: before }], waitMs);
    }
  }

  /** Reads one chunk; resolves to whether that was all there is. */
  readOn(): Promise<boolean> {
    const read = this.turn.then(() => this.readChunk());
    this.turn = read.catch(() => undefined);
    return read;
  }

  private async readChunk(): Promise<boolean> {
    const from = this.position;
    try {
      const { bytes, nextOffset, endOffset } = await this.log.read(this.place, from, chunkBytes);
      this.cursor.reset(bytes, from);
      while (this.cursor.next()) this.apply();
      this.position = nextOffset;
      return nextOffset >= endOffset;
    } catch (fault) {
      if (!(fault instanceof ExpiredOffset)) throw fault;
      this.position = fault.start;
      return false;
    }
  }

  private apply(): void {
    const { bytes, keyStart, keyEnd, valueStart, valueEnd, offset } = this.cursor;
    const id = frameId(bytes, valueStart, valueEnd);
    // It may well be a key: whoever passed over it would give the lead another one.
    if (id >= 0 && this.made.codec.controlName(bytes, valueStart, valueEnd) === undefined)
      throw new UnknownKeySchema(id, this.place, offset);
    const decoded = this.made.codec.decodeControl(bytes.subarray(Math.max(valueStart, 0), Math.max(valueEnd, 0)));
    if (keyStart < 0 || isLeft(decoded) || decoded.right.name !== "lead-key") this.unreadable += 1;
    else this.take(decoded.right.record, bytes.subarray(keyStart, keyEnd));
  }

  private take({ lead_id: leadId, key }: LeadKeyRecord, recordKey: Buffer): void {
    const known = this.table.find(leadId);
    if (key !== null) {
      if (!recordKey.equals(proposalKey(leadId, key))) return;
      // The first proposal is the key; repeats of it say the same; all others go, and so do those of an erased lead.
      if (known === undefined) this.table.set(leadId, key);
      else if (known === null || !recordKey.equals(proposalKey(leadId, known))) this.discard(leadId, key, recordKey);
      return;
    }
    if (recordKey.equals(Buffer.from(leadId))) {
      if (known) this.discard(leadId, known, proposalKey(leadId, known));
      this.table.set(leadId, null);
      return;
    }
    // A removal. The deciding proposal is removed for an erased lead only: its erasure stands somewhere in the topic.
    this.unwanted.delete(recordKey.toString("latin1"));
    if (known && recordKey.equals(proposalKey(leadId, known))) this.table.set(leadId, null);
  }

  private discard(leadId: string, key: Uint8Array, recordKey: Buffer): void {
    this.unwanted.set(recordKey.toString("latin1"), removalRecord(this.made, leadId, key));
  }
}
