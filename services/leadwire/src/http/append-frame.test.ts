import fc from "fast-check";
import { left } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { decodeAppendFrame, encodeAppendFrame } from "./append-frame.ts";

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const record = fc
  .record({
    topic: fc.string(),
    key: fc.option(bytes),
    value: bytes,
    partition: fc.option(fc.nat(11)),
    headers: fc.option(fc.dictionary(fc.constantFrom("source", "backfill"), fc.string(), { noNullPrototype: true })),
  })
  .map(({ partition, headers, ...rest }) => ({
    ...rest,
    ...(partition === null ? {} : { partition }),
    ...(headers === null ? {} : { headers }),
  }));

describe("a frame of records", () => {
  test("gives back what was put in", () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const decoded = decodeAppendFrame(encodeAppendFrame(records));
        expect(decoded).toEqual({ _tag: "Right", right: records });
      }),
    );
  });

  test("is refused wherever it is cut or damaged, and never read beyond its end", () => {
    const frame = encodeAppendFrame([
      { topic: "a", key: Buffer.from("k"), value: Buffer.from("value"), headers: { source: "crm" } },
    ]);
    for (let end = 0; end < frame.length; end += 1) {
      const cut = decodeAppendFrame(frame.subarray(0, end));
      const kindsOnly = end === 8 + frame.readUInt32BE(4);
      expect(cut._tag).toBe(kindsOnly ? "Right" : "Left");
    }
    fc.assert(fc.property(fc.uint8Array(), (noise) => decodeAppendFrame(Buffer.from(noise))._tag === "Left"));
    expect(decodeAppendFrame(Buffer.from("{}"))).toEqual(left("the frame does not begin with LWA1"));
  });
});
