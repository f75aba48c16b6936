import { controlCodec, derivedRegistry, type LeadKeys, leadKeysTopic, type SchemaRegistry } from "@leadwire/events";
import { type KeyLog, KeyPartition } from "./key-partition.ts";
import { type KeyPlace, leadPartition, proposalRecord } from "./lead-key-record.ts";

export interface LeadKeyTopicOptions {
  readonly log: KeyLog;
  /** Of the topic, as of every other. */
  readonly partitions: number;
  /** Whose ids stand on the records; without one, derived ids. Those are always read too. */
  readonly registry?: SchemaRegistry;
  /** 32 fresh random bytes. */
  readonly randomKey: () => Uint8Array;
  /** The log refused to be read: keys could be missed from here on, so the process must not go on. */
  readonly onFailure: (cause: unknown) => void;
}

const waitMs = 1_000;

/**
 * The leads' keys in a topic that any number of doors share. A door that needs a key proposes one and reads the topic on
 * until its own proposal: the first proposal of a lead is its key, for everyone and for ever, since no later record
 * shares its record key (lead-key-record.ts). A lead's erasure has a record key of its own too, and is final. Every
 * follower appends a removal for each proposal that came second or belongs to an erased lead, again at each start
 * until it reads one; compaction then leaves no byte of the key.
 */
export class LeadKeyTopic implements LeadKeys {
  private readonly options: LeadKeyTopicOptions;
  private readonly place: KeyPlace;
  private readonly parts: ReadonlyArray<KeyPartition>;
  /** What is being proposed by this door: a second request for the same lead waits for the first one's. */
  private readonly proposing = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private ready = false;

  constructor(options: LeadKeyTopicOptions) {
    const { log, partitions, registry = derivedRegistry } = options;
    const place = { partitions, codec: controlCodec(registry) };
    this.options = options;
    this.place = place;
    this.parts = Array.from(
      { length: partitions },
      (_, partition) => new KeyPartition(log, { topic: leadKeysTopic, partition }, place),
    );
  }

  /** Whether everything that stood in the topic at the start has been read: before that no key may be asked for. */
  get isReady(): boolean {
    return this.ready;
  }

  /** Leads that have a key or are erased. */
  get leads(): number {
    return this.parts.reduce((sum, { table }) => sum + table.size, 0);
  }

  /** Keys that must go and whose removal was not read back yet: 0 soon after every erasure. */
  get unremoved(): number {
    return this.parts.reduce((sum, { unwanted }) => sum + unwanted.size, 0);
  }

  /** Records of the topic that are no lead's key: above 0, somebody else writes to it. */
  get unreadable(): number {
    return this.parts.reduce((sum, part) => sum + part.unreadable, 0);
  }

  /** Bytes that the keys take in memory. */
  get bytes(): number {
    return this.parts.reduce((sum, { table }) => sum + table.bytes, 0);
  }

  /** Reads the topic to its end and follows it from there. Rejects what the log rejects. */
  async start(): Promise<void> {
    const { log } = this.options;
    await Promise.all(
      this.parts.map(async (part, partition) => {
        const { start, end } = await log.bounds({ topic: leadKeysTopic, partition });
        part.position = start;
        await part.readTo(end);
      }),
    );
    this.ready = true;
    await this.remove();
    this.running = this.follow().catch((cause: unknown) => {
      if (!this.stopping.signal.aborted) this.options.onFailure(cause);
    });
  }

  stop = async (): Promise<void> => {
    this.stopping.abort();
    await this.running;
  };

  prepare = async (leadIds: Iterable<string>): Promise<void> => {
    if (!this.ready) throw new Error("the leads' keys were asked for before their topic was read");
    const waited = new Set<Promise<void>>();
    const missing = new Set<string>();
    for (const leadId of leadIds) {
      if (this.find(leadId) !== undefined) continue;
      const proposing = this.proposing.get(leadId);
      if (proposing === undefined) missing.add(leadId);
      else waited.add(proposing);
    }
    if (missing.size > 0) {
      const proposed = this.propose([...missing]).finally(() => {
        for (const leadId of missing) this.proposing.delete(leadId);
      });
      for (const leadId of missing) this.proposing.set(leadId, proposed);
      waited.add(proposed);
    }
    if (waited.size > 0) await Promise.all(waited);
  };

  keyFor = (leadId: string): Uint8Array | undefined => {
    const key = this.find(leadId);
    if (key === undefined) throw new Error(`the key of lead ${leadId} was not prepared`);
    // A copy: an erasure wipes the table's own bytes at any time.
    return key === null ? undefined : Uint8Array.from(key);
  };

  private find(leadId: string): Uint8Array | null | undefined {
    return this.partOf(leadPartition(leadId, this.options.partitions)).table.find(leadId);
  }

  private partOf(partition: number): KeyPartition {
    const part = this.parts[partition];
    if (part === undefined) throw new Error(`${leadKeysTopic} has no partition ${partition}`);
    return part;
  }

  /** 1. One append for all of them, durable. 2. Read on until each is reached: by then the topic has decided. */
  private async propose(leadIds: ReadonlyArray<string>): Promise<void> {
    const { log, randomKey } = this.options;
    const records = leadIds.map((leadId) => proposalRecord(this.place, leadId, randomKey()));
    const ends = new Map<number, number>();
    for (const { partition, offset } of await log.append(records))
      ends.set(partition, Math.max(ends.get(partition) ?? 0, offset + 1));
    await Promise.all([...ends].map(([partition, end]) => this.partOf(partition).readTo(end)));
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const places = this.parts.map(({ position }, partition) => ({
        topic: leadKeysTopic,
        partition,
        offset: position,
      }));
      if (!(await this.options.log.waitForData(places, waitMs, signal)) || signal.aborted) continue;
      const ends = await Promise.all(this.parts.map((part) => part.readOn()));
      // Only at the end: what was removed already stands further on.
      if (ends.every((isEnd) => isEnd)) await this.remove();
    }
  }

  /** Whether another follower does the same at the same time does not matter: removals of one proposal are all alike. */
  private async remove(): Promise<void> {
    const records = this.parts.flatMap(({ unwanted }) => [...unwanted.values()]);
    if (records.length === 0) return;
    try {
      await this.options.log.append(records);
    } catch {
      // They stay on the list, and are tried again when the topic moves, or at the next start.
    }
  }
}
