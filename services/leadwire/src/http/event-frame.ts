import type { EventChunk } from "../engine/read-events.ts";

const headBytes = 8;

/** A chunk of events as one body: where to read on, and the batches. */
export const encodeEventChunk = ({ bytes, nextOffset }: EventChunk): Buffer => {
  const head = Buffer.allocUnsafe(headBytes);
  head.writeBigUInt64BE(BigInt(nextOffset));
  return Buffer.concat([head, bytes]);
};

/** Reads what `encodeEventChunk` wrote. */
export const decodeEventChunk = (body: Uint8Array): EventChunk => {
  const frame = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return { nextOffset: Number(frame.readBigUInt64BE()), bytes: frame.subarray(headBytes) };
};
