import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Fault } from "./decode-fault.ts";
import { utf8Fault } from "./utf8-span.ts";

// Bytes around the borders of UTF-8 are met far more often than by chance.
const byte = fc.oneof(
  fc.constantFrom(0x01, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5),
  fc.integer({ min: 1, max: 255 }),
);

test("says of any bytes what Node says", () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 8 }), (bytes) => {
      const buffer = Uint8Array.from(bytes);
      expect(utf8Fault(buffer, 0, buffer.length) === Fault.none).toBe(isUtf8(buffer));
    }),
    { numRuns: 20_000 },
  );
});

test("accepts any well-formed text and finds a NUL in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const buffer = Buffer.from(text);
      expect(utf8Fault(buffer, 0, buffer.length)).toBe(text.includes("\0") ? Fault.nulByte : Fault.none);
    }),
  );
});
