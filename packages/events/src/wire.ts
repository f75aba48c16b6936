/** Confluent's framing of an Avro record: a zero byte, the schema's id as int32 big-endian, then the Avro bytes. */

export const frameLength = 5;

/** Writes the frame's head at the start of `into`. */
export const writeFrame = (into: Uint8Array, id: number): void => {
  into[0] = 0;
  into[1] = id >>> 24;
  into[2] = id >>> 16;
  into[3] = id >>> 8;
  into[4] = id;
};

/** The schema id of a framed record between `start` and `end`, or -1 where none is. */
export const frameId = (bytes: Uint8Array, start: number, end: number): number => {
  if (end - start < frameLength || bytes[start] !== 0) return -1;
  const high = bytes[start + 1] ?? 0x80;
  if (high >= 0x80) return -1;
  return (high << 24) | ((bytes[start + 2] ?? 0) << 16) | ((bytes[start + 3] ?? 0) << 8) | (bytes[start + 4] ?? 0);
};
