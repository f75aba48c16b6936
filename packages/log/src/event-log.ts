/**
 * The event log port: an append-only, partitioned log. Offsets rise per partition (gaps are allowed) and are never
 * reused. Both adapters hand out Kafka's record batches (magic 2), so that one hot path reads either of them.
 */

export interface LogPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A record to append. Without a partition it goes to murmur2(key) modulo the topic's partition count. */
export interface LogRecord {
  readonly topic: string;
  readonly partition?: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A topic as it is made; `ensureTopics` refuses another count later. */
export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
  /** Undefined keeps records for ever. */
  readonly retentionMs?: number;
  /** Only the newest record of each key is kept in the long run, on a log that can (the embedded one keeps all). */
  readonly compacted?: true;
}

/** What a read returns: whole record batches, end to end, in the order of their offsets. */
export interface LogChunk {
  /** Record batches as Kafka lays them out; the first may begin before `from`: the cursor skips those records. */
  readonly bytes: Buffer;
  /** Where to read on. Equal to the asked offset when nothing is there yet. */
  readonly nextOffset: number;
  /** The first offset that is not durable yet: what a reader has to reach to be caught up. */
  readonly endOffset: number;
}

/** A record batch made ahead with BatchBuilder, which spares an object per record. */
export interface PrebuiltBatch {
  readonly topic: string;
  readonly partition: number;
  /** As BatchBuilder.finish() returned it. The log stamps it in place and owns it from here on. */
  readonly batch: Buffer;
  /** Records in it. */
  readonly count: number;
  /** A log that keeps nothing of the batch says so here once it is durable: the buffer may then be used again. */
  readonly release?: (batch: Buffer) => void;
}

export type Partition = { readonly topic: string; readonly partition: number };

/** First kept and first not durable offset of a partition. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Told what a member of a group may read. */
export interface AssignmentListener {
  /**
   * The group gives these partitions to this member, beside those it still holds; told after every change that took
   * something from it, also when there is nothing to give. `recalled` aborts when partitions are wanted back before the
   * listener has resolved: `onRevoked` waits for that.
   */
  readonly onAssigned: (partitions: ReadonlyArray<Partition>, recalled?: AbortSignal) => Promise<void>;
  /** The group takes them back: what the listener resolves after is the last thing it may write. */
  readonly onRevoked: (partitions: ReadonlyArray<Partition>) => Promise<void>;
  /**
   * How far this member's own copies of the partitions' state reach, asked whenever it joins: a group gives a partition
   * to the member with the newest copy, as far as shares stay even. Hints only: a wrong one costs time.
   */
  readonly copies?: () => ReadonlyArray<LogPosition>;
}

export interface EventLog {
  /** Creates what is missing; rejects when a topic exists with another partition count. */
  readonly ensureTopics: (topics: ReadonlyArray<TopicSettings>) => Promise<void>;
  readonly topics: () => Promise<ReadonlyArray<TopicSettings>>;
  /** Resolves once every record is durable; order within a partition is the order given. */
  readonly append: (records: ReadonlyArray<LogRecord>) => Promise<ReadonlyArray<LogPosition>>;
  /** As `append`, for batches made ahead; resolves to the position of each batch's first record. */
  readonly appendBatches: (batches: ReadonlyArray<PrebuiltBatch>) => Promise<ReadonlyArray<LogPosition>>;
  /** Whole batches from `from` on, about `maxBytes` of them (at least one). Rejects ExpiredOffset below the log's start. */
  readonly read: (partition: Partition, from: number, maxBytes: number) => Promise<LogChunk>;
  readonly bounds: (partition: Partition) => Promise<Bounds>;
  /** As `bounds`, in the order given: for many partitions a few requests. */
  readonly boundsOf: (partitions: ReadonlyArray<Partition>) => Promise<ReadonlyArray<Bounds>>;
  /** Resolves true once any of the partitions has a durable record at or after its offset, false after `timeoutMs` or on abort. */
  readonly waitForData: (
    positions: ReadonlyArray<LogPosition>,
    timeoutMs: number,
    signal?: AbortSignal,
  ) => Promise<boolean>;
  /** Joins a group that shares the topics' partitions among its members; resolves to a function that leaves it. */
  readonly join: (
    group: string,
    topics: ReadonlyArray<string>,
    listener: AssignmentListener,
  ) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}
