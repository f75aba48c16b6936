import { crc32c } from "@node-rs/crc32";
import { CorruptBatch } from "./log-fault.ts";

/**
 * Kafka's record batch, magic 2, uncompressed. The checksum covers everything behind it (attributes to end), so a batch
 * is stamped with its append time first and its checksum last; the base offset stands outside and may change freely.
 * Source: https://kafka.apache.org/documentation/#recordbatch
 */
export const batchHeaderBytes = 61;

/** Byte offsets in the header of a record batch, magic 2. */
export const batchField = {
  baseOffset: 0,
  batchLength: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
} as const;

const magic = 2;
/** Of a batch's attributes: how its records are compressed; 0 where they are not. */
export const compressionBits = 0x07;
const logAppendTimeBit = 0x08;
/** A batch of Kafka's own transaction markers, which no reader sees. */
export const controlBit = 0x20;
const two32 = 4_294_967_296;

/** Reads a 64-bit big-endian integer as a number: exact up to 2^53. */
export const readInt64 = (bytes: Buffer, at: number): number =>
  bytes.readInt32BE(at) * two32 + bytes.readUInt32BE(at + 4);

/** Writes a whole number as a 64-bit big-endian integer. */
export const writeInt64 = (bytes: Buffer, at: number, value: number): void => {
  bytes.writeInt32BE(Math.floor(value / two32), at);
  bytes.writeUInt32BE(value >>> 0, at + 4);
};

export interface BatchHeader {
  readonly baseOffset: number;
  /** The whole batch, header included. */
  readonly batchBytes: number;
  readonly lastOffsetDelta: number;
  readonly recordCount: number;
  /** The append time, epoch ms, where the log stamps it. */
  readonly maxTimestampMs: number;
}

/** The batch's length in bytes, header included, read from its first twelve bytes. Throws CorruptBatch. */
export const batchBytesAt = (bytes: Buffer, at: number): number => {
  if (at + batchHeaderBytes > bytes.length) {
    throw new CorruptBatch(at, `${bytes.length - at} bytes are left, a header takes ${batchHeaderBytes}`);
  }
  const batchBytes = bytes.readInt32BE(at + batchField.batchLength) + batchField.leaderEpoch;
  if (batchBytes < batchHeaderBytes || at + batchBytes > bytes.length) {
    throw new CorruptBatch(at, `it claims ${batchBytes} bytes, ${bytes.length - at} are there`);
  }
  return batchBytes;
};

/** Reads a batch's header without checking its checksum. Throws CorruptBatch when it cannot be one. */
export const readBatchHeader = (bytes: Buffer, at = 0): BatchHeader => {
  const batchBytes = batchBytesAt(bytes, at);
  return {
    baseOffset: readInt64(bytes, at + batchField.baseOffset),
    batchBytes,
    lastOffsetDelta: bytes.readInt32BE(at + batchField.lastOffsetDelta),
    recordCount: bytes.readInt32BE(at + batchField.recordCount),
    maxTimestampMs: readInt64(bytes, at + batchField.maxTimestamp),
  };
};

/** Throws CorruptBatch unless the batch of `batchBytes` at `at` is what was written, in a form we read. */
export const checkBatch = (bytes: Buffer, at: number, batchBytes: number): void => {
  const foundMagic = bytes[at + batchField.magic];
  if (foundMagic !== magic) throw new CorruptBatch(at, `its format is ${foundMagic}, expected ${magic}`);
  const expected = bytes.readUInt32BE(at + batchField.crc);
  const found = crc32c(bytes.subarray(at + batchField.attributes, at + batchBytes));
  if (found !== expected) throw new CorruptBatch(at, `its checksum is ${found}, expected ${expected}`);
  const compression = bytes.readInt16BE(at + batchField.attributes) & compressionBits;
  if (compression !== 0) throw new CorruptBatch(at, `it is compressed (codec ${compression}), expected plain records`);
};

/** Gives a batch its place and time in the log and closes it with its checksum. In place; the records stay as they are. */
export const stampBatch = (batch: Buffer, baseOffset: number, appendTimeMs: number): void => {
  writeInt64(batch, batchField.baseOffset, baseOffset);
  const attributes = batch.readInt16BE(batchField.attributes);
  batch.writeInt16BE(attributes | logAppendTimeBit, batchField.attributes);
  writeInt64(batch, batchField.maxTimestamp, appendTimeMs);
  batch.writeUInt32BE(crc32c(batch.subarray(batchField.attributes)), batchField.crc);
};

/** Writes the header of a batch that is not stamped yet: offset 0, no producer, the log's append time. */
export const writeBatchHeader = (batch: Buffer, batchBytes: number, recordCount: number): void => {
  batch.fill(0, 0, batchHeaderBytes);
  batch.writeInt32BE(batchBytes - batchField.leaderEpoch, batchField.batchLength);
  batch.writeInt32BE(-1, batchField.leaderEpoch);
  batch[batchField.magic] = magic;
  batch.writeInt16BE(logAppendTimeBit, batchField.attributes);
  batch.writeInt32BE(recordCount - 1, batchField.lastOffsetDelta);
  batch.fill(0xff, batchField.producerId, batchField.recordCount);
  batch.writeInt32BE(recordCount, batchField.recordCount);
};
