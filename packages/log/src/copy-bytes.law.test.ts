import fc from "fast-check";
import { expect, test } from "vitest";
import { copyBytes, viewOf } from "./copy-bytes.ts";

const sample = fc.record({
  bytes: fc.uint8Array({ maxLength: 600 }),
  before: fc.nat(20),
  start: fc.nat(30),
  at: fc.nat(30),
});

test("copies every byte of a span and touches no other", () => {
  fc.assert(
    fc.property(sample, ({ bytes, before, start, at }) => {
      // Views into the middle of larger buffers: what stands around must neither come along nor change.
      const source = Buffer.alloc(before + start + bytes.length + 9, 0xee);
      source.set(bytes, before + start);
      const target = Buffer.alloc(before + at + bytes.length + 9, 0xdd);
      copyBytes(viewOf(target.subarray(before)), at, viewOf(source.subarray(before)), start, bytes.length);
      const expected = Buffer.alloc(target.length, 0xdd);
      expected.set(bytes, before + at);
      expect(target.equals(expected)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("a copy beyond either end throws", () => {
  const view = viewOf(Buffer.alloc(16));
  for (const length of [3, 12, 300]) {
    expect(() => copyBytes(view, 10, viewOf(Buffer.alloc(400)), 0, 7 + length)).toThrow(RangeError);
    expect(() => copyBytes(viewOf(Buffer.alloc(400)), 0, view, 10, 7 + length)).toThrow(RangeError);
  }
});
