import { describe, expect, test } from "vitest";
import { murmur2, partitionOf } from "./partition-of.ts";

describe("partitionOf", () => {
  test.each([
    ["21", -973932308],
    ["foobar", -790332482],
    ["a-little-bit-long-string", -985981536],
    ["a-little-bit-longer-string", -1486304829],
    ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
    ["abc", 479470107],
  ])("hashes %s as Kafka's own test does", (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  test("makes the hash positive as Kafka does: by its sign bit, not by its absolute value", () => {
    expect(partitionOf(Buffer.from("foobar"), 12)).toBe((-790332482 & 0x7fffffff) % 12);
  });

  test("spreads lead ids over every partition", () => {
    const counts = new Array<number>(12).fill(0);
    for (let i = 0; i < 12_000; i += 1) {
      const partition = partitionOf(Buffer.from(`lead-${i}`), 12);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(800);
  });
});
