import fc from "fast-check";
import { expect, test } from "vitest";
import { divide } from "./division.ts";
import { addRational, divideRational, multiplyRational, rational, rationalOfDecimal } from "./rational.ts";

test("a double becomes the fraction that people read in it, and back", () => {
  expect(rationalOfDecimal(0.35)).toEqual({ n: 35n, d: 100n });
  expect(rationalOfDecimal(-12.5)).toEqual({ n: -125n, d: 10n });
  expect(rationalOfDecimal(1e21)).toEqual({ n: 10n ** 21n, d: 1n });
  expect(rationalOfDecimal(2.5e-7)).toEqual({ n: 25n, d: 10n ** 8n });
  expect(() => rationalOfDecimal(Number.NaN)).toThrow(/finite/);
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1e18, noNaN: true }), fc.boolean(), (size, falls) => {
      const value = falls ? -size : size;
      const { n, d } = rationalOfDecimal(value);
      expect(divide(n, d)).toBe(value);
    }),
  );
});

test("arithmetic is exact, and nothing is divided by 0", () => {
  const third = rational(1n, 3n);
  const sum = addRational(addRational(third, third), third);
  expect(divide(sum.n, sum.d)).toBe(1);
  expect(multiplyRational(third, rational(-3n))).toEqual({ n: -3n, d: 3n });
  expect(divideRational(third, rational(0n, 5n))).toBeNull();
  expect(divideRational(third, rational(-2n))).toEqual({ n: -1n, d: 6n });
});
