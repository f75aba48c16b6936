import { Fault } from "./decode-fault.ts";

/** Whether the bytes from `at` on continue a sequence led by `lead`; answers how many follow, or -1. */
const followers = (bytes: Uint8Array, at: number, end: number, lead: number): number => {
  const count =
    lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : -1;
  if (count < 0 || at + count > end) return -1;
  const first = bytes[at] ?? 0;
  // Overlong forms, surrogates and code points above U+10FFFF show in the first continuation byte.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (first < lowest || first > highest) return -1;
  for (let index = at + 1; index < at + count; index++) if (((bytes[index] ?? 0) & 0xc0) !== 0x80) return -1;
  return count;
};

/** The fault of a text that is not well-formed UTF-8 or holds a NUL, else 0. */
export const utf8Fault = (bytes: Uint8Array, start: number, end: number): number => {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) return Fault.nulByte;
    if (byte < 0x80) continue;
    const count = followers(bytes, at + 1, end, byte);
    if (count < 0) return Fault.wrongEncoding;
    at += count;
  }
  return Fault.none;
};
