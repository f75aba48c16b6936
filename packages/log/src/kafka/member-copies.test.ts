import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCopies, encodeCopies } from "./member-copies.ts";

const byPlace = (a: { topic: string; partition: number }, b: { topic: string; partition: number }): number =>
  a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition;

test("tells every copy of a usual member", () => {
  const copies = fc.uniqueArray(
    fc.record({
      topic: fc.stringMatching(/^[a-z.]{1,8}$/),
      partition: fc.nat(100),
      offset: fc.nat(Number.MAX_SAFE_INTEGER),
    }),
    { selector: ({ topic, partition }) => `${topic}/${partition}`, maxLength: 100 },
  );
  fc.assert(
    fc.property(copies, (told) => {
      expect([...decodeCopies(encodeCopies(told))].sort(byPlace)).toEqual([...told].sort(byPlace));
    }),
  );
});

test("stays small however many copies there are, and tells those that would cost most to make again", () => {
  const many = Array.from({ length: 50_000 }, (_, n) => ({ topic: "leadwire.funnel", partition: n, offset: n * 1e6 }));
  const told = encodeCopies(many);
  expect(told.length).toBeLessThan(64 * 1024);
  expect(Math.min(...decodeCopies(told).map(({ offset }) => offset))).toBeGreaterThan(40_000 * 1e6);
});

test("takes whatever another version tells for no copies", () => {
  for (const told of ["", "x", "null", "7", '{"t":7}', '{"t":[7,["a",1],[1]]}', '[["t",1,2]]']) {
    expect(decodeCopies(Buffer.from(told))).toEqual([]);
  }
});
