import { avroType } from "@leadwire/events";
import { viewOf } from "@leadwire/log";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AvroReader } from "./avro-reader.ts";
import { AvroWriter } from "./avro-writer.ts";
import { Span } from "./span.ts";

const limit = 2 ** 52 - 1;
const record = avroType({
  type: "record",
  name: "Sample",
  fields: [
    { name: "long", type: "long" },
    { name: "maybe", type: ["null", "long"] },
    { name: "double", type: "double" },
    { name: "text", type: "string" },
    { name: "copied", type: "string" },
  ],
});

const long = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer(),
  fc.integer({ min: -limit, max: limit }),
  fc.constantFrom(2 ** 30 - 1, 2 ** 30, -(2 ** 30), -(2 ** 30) - 1, 2 ** 31, 2 ** 34, limit, -limit, 0, -1),
);
const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 50 }), fc.string({ maxLength: 3000 }));
const sample = fc.record({
  long,
  maybe: fc.option(long, { nil: null }),
  double: fc.double({ noNaN: true }),
  text,
  copied: text,
});

const write = (
  w: AvroWriter,
  { long, maybe, double, text, copied }: typeof sample extends fc.Arbitrary<infer T> ? T : never,
) => {
  w.reset();
  w.long(long);
  w.optionalLong(maybe ?? Number.NaN);
  w.double(double);
  w.text(text);
  const bytes = Buffer.from(`<${copied}>`);
  const span = new Span();
  span.set(bytes, 1, bytes.length - 2);
  w.span(span);
};

test("writes the bytes that avsc writes, and the reader reads them back", () => {
  const w = new AvroWriter();
  const r = new AvroReader();
  fc.assert(
    fc.property(sample, (value) => {
      write(w, value);
      expect(Buffer.from(w.buffer.subarray(0, w.at)).equals(record.toBuffer(value))).toBe(true);
      r.reset(w.buffer, 0, w.at);
      expect([r.long(), r.optionalLong(), r.double(), r.text(), r.text()]).toEqual(Object.values(value));
      expect(r.at).toBe(w.at);
    }),
    { numRuns: 2000 },
  );
});

test.each([2 ** 52, -(2 ** 52), Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])(
  "%d is refused: it would not come back",
  (value) => {
    expect(() => new AvroWriter().long(value)).toThrow("not a whole number below 2^52");
  },
);

test("a record that ends too early is refused", () => {
  const w = new AvroWriter();
  w.text("a text of some length");
  const r = new AvroReader();
  r.reset(w.buffer, 0, w.at - 1);
  expect(() => r.text()).toThrow("ends too early");
});

test("grows to whatever is copied into it, and keeps what was there", () => {
  const w = new AvroWriter();
  const big = Buffer.alloc(10_000_000, 7);
  w.long(42);
  w.raw(viewOf(big), 0, big.length);
  w.long(43);
  expect(w.buffer[0]).toBe(84);
  expect(w.buffer.subarray(1, 1 + big.length).equals(big)).toBe(true);
  expect(w.buffer[w.at - 1]).toBe(86);
});
