import type { LogChunk, LogPosition } from "../event-log.ts";
import { ExpiredOffset, OffsetBeyondEnd } from "../log-fault.ts";
import { batchField, batchHeaderBytes, readInt64 } from "../record-batch.ts";
import { byTopic } from "./by-topic.ts";
import type { Cluster } from "./cluster.ts";
import { Interrupted } from "./interrupted.ts";
import { boundsOnce } from "./list-offsets.ts";
import { plainBatches } from "./plain-batches.ts";
import { refusal } from "./refusal.ts";
import { brokerError } from "./wire/broker-error.ts";
import type { WireReader } from "./wire/wire-reader.ts";
import { WireWriter } from "./wire/wire-writer.ts";

/** One partition's part of a Fetch response. */
export interface Fetched {
  readonly topic: string;
  readonly partition: number;
  readonly code: number;
  /** The high watermark: the first offset that is not durable on every replica in step. */
  readonly endOffset: number;
  readonly bytes: Buffer;
}

/** How much a Fetch asks for and how long the broker may wait until there is something. */
export interface FetchTerms {
  /** Of each partition. */
  readonly maxBytes: number;
  /** Of all; that of one unless given. */
  readonly totalBytes?: number;
  readonly minBytes: number;
  readonly maxWaitMs: number;
}

const consumer = -1;
const readUncommitted = 0;

/** A Fetch request outside any fetch session, for partitions that one node leads. */
export const fetchRequest = (positions: ReadonlyArray<LogPosition>, terms: FetchTerms): Buffer => {
  const body = new WireWriter().int32(consumer).int32(terms.maxWaitMs).int32(terms.minBytes);
  body.int32(terms.totalBytes ?? terms.maxBytes);
  body.int8(readUncommitted).int32(0).int32(-1);
  body.array([...byTopic(positions)], ([topic, places]) => {
    body.text(topic).array(places, ({ partition, offset }) => {
      body.int32(partition).int32(-1).int64(offset).int64(-1).int32(terms.maxBytes);
    });
  });
  return body
    .array([], () => undefined)
    .text("")
    .take();
};

export const readFetched = (response: WireReader): ReadonlyArray<Fetched> => {
  response.int32(); // throttle
  const code = response.int16();
  if (code !== brokerError.none) throw refusal("A fetch", code);
  response.int32(); // session
  return response
    .array((reader) => {
      const topic = reader.text();
      return reader.array((each) => readPartition(each, topic));
    })
    .flat();
};

const readPartition = (reader: WireReader, topic: string): Fetched => {
  const partition = reader.int32();
  const code = reader.int16();
  const endOffset = reader.int64();
  reader.int64(); // last stable offset
  reader.int64(); // log start
  reader.array((aborted) => [aborted.int64(), aborted.int64()]);
  reader.int32(); // preferred replica
  return { topic, partition, code, endOffset, bytes: reader.bytes() };
};

/** The whole batches at the front of what a broker sent: it cuts the last one where the size asked for ends. */
export const wholeBatches = (bytes: Buffer, from: number): { readonly bytes: Buffer; readonly nextOffset: number } => {
  let at = 0;
  let nextOffset = from;
  while (at + batchHeaderBytes <= bytes.length) {
    const end = at + bytes.readInt32BE(at + batchField.batchLength) + batchField.leaderEpoch;
    if (end > bytes.length) break;
    const lastOffset =
      readInt64(bytes, at + batchField.baseOffset) + bytes.readInt32BE(at + batchField.lastOffsetDelta);
    nextOffset = Math.max(nextOffset, lastOffset + 1);
    at = end;
  }
  return { bytes: at === bytes.length ? bytes : bytes.subarray(0, at), nextOffset };
};

/** Asks a node for what follows a position. */
export type AskNode = (node: number, position: LogPosition, maxBytes: number) => Promise<Fetched>;

/** Reads one partition once. Rejects Interrupted, ExpiredOffset, OffsetBeyondEnd, BrokerRefused. */
export const fetchOnce = async (
  cluster: Cluster,
  ask: AskNode,
  position: LogPosition,
  maxBytes: number,
): Promise<LogChunk> => {
  const { topic, partition, offset } = position;
  const { code, endOffset, bytes } = await ask(await cluster.leader(position), position, maxBytes);
  if (code === brokerError.none) {
    const whole = wholeBatches(bytes, offset);
    return { bytes: plainBatches(whole.bytes), nextOffset: whole.nextOffset, endOffset };
  }
  if (code !== brokerError.offsetOutOfRange) {
    cluster.forget(topic);
    throw refusal(`A fetch of ${topic}-${partition}`, code);
  }
  const [{ start, end } = { start: 0, end: 0 }] = await boundsOnce(cluster, [position]);
  if (offset < start) throw new ExpiredOffset(topic, partition, offset, start);
  if (offset > end) throw new OffsetBeyondEnd(topic, partition, offset, end);
  throw new Interrupted(`${topic}-${partition} moved its bounds to ${start} and ${end} while ${offset} was read.`);
};
