import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { crc32c } from "@node-rs/crc32";
import { batchBytesAt, batchField, batchHeaderBytes, compressionBits } from "../record-batch.ts";

const gzip = 1;
const zstd = 4;
/** A broker takes 16 MB a batch; what unpacks to more than this is no batch of events. */
const unpackedBytesMax = 256 * 1_048_576;

const unpack = (codec: number, records: Buffer): Buffer | undefined => {
  const options = { maxOutputLength: unpackedBytesMax };
  try {
    if (codec === gzip) return gunzipSync(records, options);
    return codec === zstd ? zstdDecompressSync(records, options) : undefined;
  } catch {
    return undefined;
  }
};

const isPacked = (bytes: Buffer, at: number): boolean =>
  (bytes.readInt16BE(at + batchField.attributes) & compressionBits) !== 0;

/** The same batch with its records as they are, or the batch itself where they cannot be had: its reader says why. */
const plainBatch = (batch: Buffer): Buffer => {
  const attributes = batch.readInt16BE(batchField.attributes);
  const isWhole = crc32c(batch.subarray(batchField.attributes)) === batch.readUInt32BE(batchField.crc);
  const records = isWhole ? unpack(attributes & compressionBits, batch.subarray(batchHeaderBytes)) : undefined;
  if (records === undefined) return batch;
  const plain = Buffer.concat([batch.subarray(0, batchHeaderBytes), records]);
  plain.writeInt32BE(plain.length - batchField.leaderEpoch, batchField.batchLength);
  plain.writeInt16BE(attributes & ~compressionBits, batchField.attributes);
  plain.writeUInt32BE(crc32c(plain.subarray(batchField.attributes)), batchField.crc);
  return plain;
};

/**
 * Whole batches, those that are compressed with gzip or zstd unpacked. The broker stores none while a topic is set as it
 * should be; what it stored while somebody had set it otherwise stays compressed for ever, and has to be read.
 */
export const plainBatches = (bytes: Buffer): Buffer => {
  const batches: Array<Buffer> = [];
  let plainTo = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = at + batchBytesAt(bytes, at);
    if (isPacked(bytes, at)) {
      batches.push(bytes.subarray(plainTo, at), plainBatch(bytes.subarray(at, end)));
      plainTo = end;
    }
    at = end;
  }
  return batches.length === 0 ? bytes : Buffer.concat([...batches, bytes.subarray(plainTo)]);
};
