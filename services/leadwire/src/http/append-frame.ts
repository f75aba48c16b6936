import type { LogRecord } from "@leadwire/log";
import { type Either, left, right } from "fp-ts/lib/Either.js";

/**
 * Records to append as one run of bytes, between processes and threads. Topic, partition and headers repeat from record
 * to record, so they stand once, as JSON, and records name them by their place:
 * `LWA1`, u32 length of the JSON, the JSON (an array of kinds), then per record u32 kind, i32 key length (-1: no key),
 * key, u32 value length, value. All numbers are big endian.
 */

interface RecordKind {
  readonly topic: string;
  readonly partition?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const magic = 0x4c574131;
const headBytes = 8;
const recordHeadBytes = 12;

const kindText = ({ topic, partition, headers }: LogRecord): string =>
  JSON.stringify({
    topic,
    ...(partition === undefined ? {} : { partition }),
    ...(headers === undefined ? {} : { headers }),
  });

/** What a record takes in a frame, without its kind. */
export const framedBytes = (record: LogRecord): number =>
  recordHeadBytes + (record.key?.length ?? 0) + record.value.length;

export const encodeAppendFrame = (records: ReadonlyArray<LogRecord>): Buffer => {
  const kinds = new Map<string, number>();
  const kindOf: number[] = [];
  let bodyBytes = 0;
  for (const record of records) {
    const text = kindText(record);
    const kind = kinds.get(text) ?? kinds.size;
    kinds.set(text, kind);
    kindOf.push(kind);
    bodyBytes += framedBytes(record);
  }
  const json = Buffer.from(`[${[...kinds.keys()].join(",")}]`);
  const frame = Buffer.allocUnsafeSlow(headBytes + json.length + bodyBytes);
  frame.writeUInt32BE(magic, 0);
  frame.writeUInt32BE(json.length, 4);
  frame.set(json, headBytes);
  let at = headBytes + json.length;
  for (const [index, { key, value }] of records.entries()) {
    at = frame.writeUInt32BE(kindOf[index] ?? 0, at);
    at = frame.writeInt32BE(key === null ? -1 : key.length, at);
    if (key !== null) frame.set(key, at);
    at += key?.length ?? 0;
    at = frame.writeUInt32BE(value.length, at);
    frame.set(value, at);
    at += value.length;
  }
  return frame;
};

/** Left says what is wrong with the frame. Keys and values are views of it. */
export const decodeAppendFrame = (frame: Buffer): Either<string, ReadonlyArray<LogRecord>> => {
  if (frame.length < headBytes || frame.readUInt32BE(0) !== magic) return left("the frame does not begin with LWA1");
  const bodyStart = headBytes + frame.readUInt32BE(4);
  if (bodyStart > frame.length) return left("the frame ends within its kinds");
  const kinds = readKinds(frame.toString("utf8", headBytes, bodyStart));
  if (kinds === undefined) return left("the frame's kinds are no array of { topic, partition?, headers? }");
  const records: LogRecord[] = [];
  for (let at = bodyStart; at < frame.length; ) {
    const next = readRecord(frame, at, kinds);
    if (next === undefined) return left(`the frame ends within record ${records.length}, or its kind is unknown`);
    records.push(next.record);
    at = next.end;
  }
  return right(records);
};

const readRecord = (
  frame: Buffer,
  start: number,
  kinds: ReadonlyArray<RecordKind>,
): { readonly record: LogRecord; readonly end: number } | undefined => {
  if (start + recordHeadBytes > frame.length) return undefined;
  const kind = kinds[frame.readUInt32BE(start)];
  const keyLength = frame.readInt32BE(start + 4);
  const keyStart = start + 8;
  const keyEnd = keyStart + Math.max(keyLength, 0);
  if (kind === undefined || keyLength < -1 || keyEnd + 4 > frame.length) return undefined;
  const valueStart = keyEnd + 4;
  const end = valueStart + frame.readUInt32BE(keyEnd);
  if (end > frame.length) return undefined;
  const key = keyLength < 0 ? null : frame.subarray(keyStart, keyEnd);
  return { record: { ...kind, key, value: frame.subarray(valueStart, end) }, end };
};

const readKinds = (text: string): ReadonlyArray<RecordKind> | undefined => {
  try {
    const kinds: unknown = JSON.parse(text);
    return Array.isArray(kinds) && kinds.every(isKind) ? kinds : undefined;
  } catch {
    // JSON.parse throws one kind of error for whatever it cannot read.
    return undefined;
  }
};

const isKind = (value: unknown): value is RecordKind => {
  if (typeof value !== "object" || value === null || !("topic" in value) || typeof value.topic !== "string")
    return false;
  if ("partition" in value && !Number.isSafeInteger(value.partition)) return false;
  if (!("headers" in value)) return true;
  const { headers } = value;
  return (
    typeof headers === "object" && headers !== null && Object.values(headers).every((text) => typeof text === "string")
  );
};
