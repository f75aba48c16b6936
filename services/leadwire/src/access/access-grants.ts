import { type AccessGranted, controlCodec, controlTopic, encodeControl, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, type LogChunk, type LogRecord, RecordCursor } from "@leadwire/log";
import { TopicFollower } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { AccessBook } from "./access-book.ts";

const place = { topic: controlTopic, partition: 0 };
const chunkBytes = 1 << 20;

/** What makes a token, or takes it back, once it is appended. */
export const grantRecord = (record: AccessGranted): LogRecord => ({
  ...place,
  key: Buffer.from(record.token_id),
  value: encodeControl({ name: "access-granted", record }),
});

/** Calls `apply` with every grant of a chunk from an offset on. */
const grantReader = (registry: SchemaRegistry, apply: (grant: AccessGranted) => void) => {
  const cursor = new RecordCursor();
  const { controlName, decodeControl } = controlCodec(registry);
  return ({ bytes }: Pick<LogChunk, "bytes">, from: number): void => {
    cursor.reset(bytes, from);
    while (cursor.next()) {
      const { bytes: batch, valueStart, valueEnd } = cursor;
      if (valueStart < 0 || controlName(batch, valueStart, valueEnd) !== "access-granted") continue;
      const decoded = decodeControl(batch.subarray(valueStart, valueEnd));
      if (!isLeft(decoded) && decoded.right.name === "access-granted") apply(decoded.right.record);
    }
  };
};

/** All tokens as they stand now. */
export const readGrants = async (log: EventLog, registry: SchemaRegistry): Promise<ReadonlyArray<AccessGranted>> => {
  const book = new AccessBook();
  const read = grantReader(registry, (grant) => book.apply(grant));
  const { start } = await log.bounds(place);
  for (let at = start; ; ) {
    const chunk = await log.read(place, at, chunkBytes);
    if (chunk.nextOffset === at) return book.all();
    read(chunk, at);
    at = chunk.nextOffset;
  }
};

export interface FollowedGrants {
  readonly book: AccessBook;
  /** Calls back after each grant from here on. */
  readonly onGrant: (changed: () => void) => void;
  readonly stop: () => Promise<void>;
}

/** Follows the tokens for as long as a service runs; all that were made until now are known when it resolves. */
export const followGrants = async ({
  log,
  registry,
  onFailure,
}: {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  readonly onFailure: (cause: unknown) => void;
}): Promise<FollowedGrants> => {
  const book = new AccessBook();
  const listeners: Array<() => void> = [];
  const apply = (grant: AccessGranted): void => {
    book.apply(grant);
    for (const changed of listeners) changed();
  };
  const follower = new TopicFollower({
    log,
    partitions: [place],
    onChunk: grantReader(registry, apply),
    onRound: () => undefined,
    onFailure,
  });
  await follower.start((_, { start }) => start);
  return { book, onGrant: (changed) => void listeners.push(changed), stop: () => follower.stop() };
};
