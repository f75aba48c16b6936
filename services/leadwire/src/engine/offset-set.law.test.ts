import fc from "fast-check";
import { expect, test } from "vitest";
import { OffsetSet } from "./offset-set.ts";

const offsets = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 60 });

const setOf = (members: ReadonlyArray<number>): OffsetSet => {
  const set = new OffsetSet();
  for (const offset of members) set.add(offset);
  return set;
};

test("holds what was added, and counts what another set lacks", () => {
  fc.assert(
    fc.property(offsets, offsets, (some, others) => {
      const set = setOf(some);
      for (const offset of [...some, ...others]) expect(set.has(offset)).toBe(some.includes(offset));
      const missing = new Set(some.filter((offset) => !others.includes(offset)));
      expect(set.countWithout(setOf(others))).toBe(missing.size);
      expect(set.countWithout(undefined)).toBe(new Set(some).size);
    }),
  );
});
