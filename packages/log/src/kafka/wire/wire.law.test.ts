import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WireReader } from "./wire-reader.ts";
import { WireWriter } from "./wire-writer.ts";

describe("Kafka's primitive types", () => {
  test("read as they were written", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -128, max: 127 }),
        fc.integer({ min: -32_768, max: 32_767 }),
        fc.integer(),
        fc.maxSafeInteger(),
        fc.string({ unit: "grapheme", maxLength: 500 }),
        fc.uint8Array({ maxLength: 1_000 }),
        fc.array(fc.integer()),
        (int8, int16, int32, int64, text, bytes, items) => {
          const writer = new WireWriter().int8(int8).int16(int16).int32(int32).int64(int64).text(text).bytes(bytes);
          writer.array(items, (item) => writer.int32(item)).text(null);
          const reader = new WireReader(writer.take());
          expect([reader.int8(), reader.int16(), reader.int32(), reader.int64(), reader.text()]).toEqual([
            int8,
            int16,
            int32,
            int64,
            text,
          ]);
          expect([...reader.bytes()]).toEqual([...bytes]);
          expect(reader.array((each) => each.int32())).toEqual(items);
          expect(reader.text()).toBe("");
          expect(() => reader.int8()).toThrow(RangeError);
        },
      ),
    );
  });
});
