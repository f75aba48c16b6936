import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameReader } from "./frame-reader.ts";

const frames = fc.array(fc.uint8Array({ minLength: 4, maxLength: 300 }), { maxLength: 8 });

const streamOf = (bodies: ReadonlyArray<Uint8Array>): Buffer =>
  Buffer.concat(
    bodies.flatMap((body) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.length);
      return [length, body];
    }),
  );

describe("frames", () => {
  test("come out as they were sent, however the stream is cut", () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (bodies, cuts) => {
        const seen: Buffer[] = [];
        const reader = new FrameReader((frame) => seen.push(frame));
        const stream = streamOf(bodies);
        // One buffer is used again for every chunk, as the socket does.
        const chunk = Buffer.alloc(64);
        for (let at = 0, cut = 0; at < stream.length; cut += 1) {
          const bytes = Math.min(cuts[cut % cuts.length] ?? 1, stream.length - at);
          chunk.fill(0xee);
          stream.copy(chunk, 0, at, at + bytes);
          reader.push(chunk, bytes);
          at += bytes;
        }
        expect(seen.map((frame) => [...frame])).toEqual(bodies.map((body) => [...body]));
      }),
    );
  });

  test("of a length that no broker sends are refused", () => {
    const reader = new FrameReader(() => undefined);
    expect(() => reader.push(Buffer.from("HTTP/1.1 400 Bad Request"), 24)).toThrow(/no Kafka broker, or expects TLS/);
    expect(() => new FrameReader(() => undefined).push(Buffer.from([0, 0, 0, 3]), 4)).toThrow(RangeError);
  });
});
