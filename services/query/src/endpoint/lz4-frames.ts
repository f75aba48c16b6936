/**
 * ClickHouse's own frames (`compress=1`): a checksum of 16 bytes, the method, the length with these 9 bytes, the length
 * unpacked, the packed bytes. https://clickhouse.com/docs/native-protocol/compression; blocks as in
 * https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md.
 */
const checksumBytes = 16;
const headBytes = 9;
const methodLz4 = 0x82;
const methodNone = 0x02;

/** A length in 4 bits goes on in the bytes that follow while they are 255. */
const longer = (bytes: Buffer, from: number, base: number): readonly [length: number, next: number] => {
  if (base < 15) return [base, from];
  let length = base;
  for (let at = from; ; at += 1) {
    const more = bytes.readUInt8(at);
    length += more;
    if (more < 255) return [length, at + 1];
  }
};

/** Throws RangeError where the block is cut, or says something else than it holds. */
const unpackedBlock = (packed: Buffer, length: number): Buffer => {
  const out = Buffer.alloc(length);
  let at = 0;
  let to = 0;
  while (at < packed.length) {
    const token = packed.readUInt8(at);
    const [literals, begin] = longer(packed, at + 1, token >> 4);
    if (begin + literals > packed.length || to + literals > length) throw new RangeError("the block is cut");
    packed.copy(out, to, begin, begin + literals);
    at = begin + literals;
    to += literals;
    if (at >= packed.length) break;
    const back = packed.readUInt16LE(at);
    const [match, next] = longer(packed, at + 2, token & 15);
    at = next;
    if (back === 0 || back > to || to + match + 4 > length) throw new RangeError("the block points outside");
    // Byte by byte: a match may overlap what it writes.
    for (let left = match + 4; left > 0; left -= 1, to += 1) out[to] = out[to - back] ?? 0;
  }
  if (to !== length) throw new RangeError("the block is shorter than it says");
  return out;
};

/** What the last of some frames holds; undefined where the bytes are none. */
export const lastFrame = (bytes: Buffer, bytesMax = 1 << 20): Buffer | undefined => {
  for (let at = 0; at + checksumBytes + headBytes <= bytes.length; ) {
    const head = at + checksumBytes;
    const method = bytes.readUInt8(head);
    const end = head + bytes.readUInt32LE(head + 1);
    const length = bytes.readUInt32LE(head + 5);
    if ((method !== methodLz4 && method !== methodNone) || end < head + headBytes || length > bytesMax)
      return undefined;
    const packed = bytes.subarray(head + headBytes, end);
    if (end === bytes.length) return method === methodNone ? packed : unpackedBlock(packed, length);
    at = end;
  }
  return undefined;
};
