/** What the log refuses or fails at. Adapters reject with one of these; `_tag` tells them apart. */

/** The asked offset is older than what retention kept. `start` is the first offset that can be read. */
export class ExpiredOffset extends Error {
  readonly _tag = "ExpiredOffset";
  readonly start: number;
  constructor(topic: string, partition: number, offset: number, start: number) {
    super(`${topic}-${partition} starts at offset ${start}; offset ${offset} has expired. Read on from ${start}.`);
    this.start = start;
  }
}

/** The asked offset lies behind the end: the position was taken from another log, or this log has lost its folder. */
export class OffsetBeyondEnd extends Error {
  readonly _tag = "OffsetBeyondEnd";
  readonly end: number;
  constructor(topic: string, partition: number, offset: number, end: number) {
    super(
      `${topic}-${partition} ends at offset ${end}; offset ${offset} was never written here. ` +
        "The position belongs to another log: delete the state that holds it, and it is rebuilt from this log.",
    );
    this.end = end;
  }
}

export class UnknownTopic extends Error {
  readonly _tag = "UnknownTopic";
  constructor(topic: string) {
    super(`The log has no topic ${topic}. Create it with ensureTopics.`);
  }
}

export class UnknownPartition extends Error {
  readonly _tag = "UnknownPartition";
  constructor(topic: string, partition: number, partitions: number) {
    super(`${topic} has the partitions 0 to ${partitions - 1}; ${partition} is none of them.`);
  }
}

/** A topic's settings cannot be taken as asked. The message names what stands, what was asked and the way out. */
export class TopicConflict extends Error {
  readonly _tag = "TopicConflict";
}

/** The bytes are not the record batch that was written. */
export class CorruptBatch extends Error {
  readonly _tag = "CorruptBatch";
  /** Where in the read bytes the batch begins. */
  readonly at: number;
  constructor(at: number, found: string) {
    super(`The record batch at byte ${at} is damaged: ${found}. Restore the log's folder from a backup.`);
    this.at = at;
  }
}

/** The append was refused whole, and nothing of it was kept. It can be tried again once there is room. */
export class DiskFull extends Error {
  readonly _tag = "DiskFull";
  constructor(folder: string, cause: unknown) {
    super(`No room left to append in ${folder}. Free disk space, then try again.`, { cause });
  }
}

/** The disk failed. Whether the last appends are durable is unknown until the log is opened again. */
export class LogIoError extends Error {
  readonly _tag = "LogIoError";
  constructor(folder: string, cause: unknown) {
    const found = cause instanceof Error ? cause.message : String(cause);
    super(`The log in ${folder} failed: ${found}. Check the disk, then restart.`, { cause });
  }
}

/** The folder is open already in this process. */
export class LogInUse extends Error {
  readonly _tag = "LogInUse";
  constructor(folder: string) {
    super(`The log in ${folder} is open already in this process. Share that one, or close it first.`);
  }
}

export class LogClosed extends Error {
  readonly _tag = "LogClosed";
  constructor() {
    super("The log is closed.");
  }
}

/** More bytes wait to be written than the log holds in memory. Nothing of the append was kept. */
export class Overloaded extends Error {
  readonly _tag = "Overloaded";
  constructor(pendingBytes: number, pendingBytesMax: number) {
    super(
      `${pendingBytes} bytes wait to be written, ${pendingBytesMax} is the most. ` +
        "Await earlier appends before sending more.",
    );
  }
}

/** A broker refused what was asked, and would again. Nothing of it was kept. */
export class BrokerRefused extends Error {
  readonly _tag = "BrokerRefused";
  constructor(asked: string, found: string) {
    super(`${asked} was refused by the Kafka broker: ${found}.`);
  }
}

/** No broker answered when the log was opened. Later on a log waits for its brokers instead. */
export class BrokerUnreachable extends Error {
  readonly _tag = "BrokerUnreachable";
  constructor(brokers: ReadonlyArray<string>, cause: unknown) {
    const found = cause instanceof Error ? cause.message : String(cause);
    super(
      `No Kafka broker answers at ${brokers.join(", ")}. ${found} Start one (pnpm kafka:up), or correct the addresses.`,
      { cause },
    );
  }
}

/** Everything that a log refuses or fails at, told apart by `_tag`. */
export type LogFault =
  | ExpiredOffset
  | OffsetBeyondEnd
  | UnknownTopic
  | UnknownPartition
  | TopicConflict
  | CorruptBatch
  | DiskFull
  | LogIoError
  | LogInUse
  | LogClosed
  | Overloaded
  | BrokerRefused
  | BrokerUnreachable;
