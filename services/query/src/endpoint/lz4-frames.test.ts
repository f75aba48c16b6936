import { expect, test } from "vitest";
import { lastFrame } from "./lz4-frames.ts";

const checksum = Buffer.alloc(16, 7);

/** A block within a frame as ClickHouse writes it. */
const frame = (method: number, packed: Buffer, length: number): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUInt8(method, 0);
  head.writeUInt32LE(packed.length + 9, 1);
  head.writeUInt32LE(length, 5);
  return Buffer.concat([checksum, head, packed]);
};

/** "ab", then 20 bytes from 2 back, then "!": a match that overlaps what it writes, and goes on in another byte. */
const block = Buffer.from([0x2f, 0x61, 0x62, 0x02, 0x00, 0x01, 0x10, 0x21]);

test("the last frame is unpacked, whatever stands before it", () => {
  const last = frame(0x82, block, 23);
  expect(lastFrame(Buffer.concat([frame(0x02, Buffer.from("data"), 4), last]))?.toString()).toBe(`${"ab".repeat(11)}!`);
  expect(lastFrame(frame(0x02, Buffer.from("plain"), 5))?.toString()).toBe("plain");
});

test("a long run of literals is read to its end", () => {
  const text = "x".repeat(300);
  const packed = Buffer.concat([Buffer.from([0xf0, 255, 30]), Buffer.from(text)]);
  expect(lastFrame(frame(0x82, packed, 300))?.toString()).toBe(text);
});

test("what is no frame is none, and a block that points outside is not followed", () => {
  expect(lastFrame(Buffer.from("Code: 62. DB::Exception: Syntax error (SYNTAX_ERROR)"))).toBeUndefined();
  expect(lastFrame(Buffer.alloc(0))).toBeUndefined();
  expect(lastFrame(frame(0x82, block, 23).subarray(0, -1))).toBeUndefined();
  expect(() => lastFrame(frame(0x82, Buffer.from([0x10, 0x61, 0x09, 0x00]), 23))).toThrow(RangeError);
  expect(() => lastFrame(frame(0x82, block, 1 << 10))).toThrow(RangeError);
  expect(lastFrame(frame(0x82, block, 1 << 30))).toBeUndefined();
});
