import fc from "fast-check";
import { expect, test } from "vitest";
import { divide } from "./division.ts";

test("small numbers divide as doubles do", () => {
  expect(divide(4238n, 6711n)).toBe(4238 / 6711);
  expect(divide(-1n, 3n)).toBe(-1 / 3);
  expect(divide(0n, -5n)).toBe(0);
});

test("a quotient beyond 2^53 rounds to the nearest, ties to even", () => {
  expect(divide(2n ** 53n + 1n, 1n)).toBe(2 ** 53);
  expect(divide(2n ** 53n + 3n, 1n)).toBe(2 ** 53 + 4);
  expect(divide(2n ** 54n + 3n, 2n)).toBe(2 ** 53 + 2);
});

/** Whether no neighbour of the double lies nearer to n/d: compared in integers. */
const isNearest = (value: number, n: bigint, d: bigint): boolean => {
  const scale = 2 ** 52;
  const distance = (x: number): bigint => {
    const [whole, exponent] = x >= scale ? [BigInt(x), 0n] : [BigInt(x * 2 ** 500), 500n];
    const difference = whole * d - (n << exponent);
    return difference < 0n ? -difference : difference;
  };
  const step = 2 ** (Math.floor(Math.log2(value)) - 52);
  return [value - step, value + step].every((other) => {
    const same = value >= scale === other >= scale;
    return !same || distance(other) >= distance(value);
  });
};

test("no other double is nearer", () => {
  const big = fc.bigInt({ min: 1n, max: 2n ** 90n });
  fc.assert(fc.property(big, big, (n, d) => isNearest(divide(n, d), n, d)));
});

test("refuses to divide by zero", () => {
  expect(() => divide(1n, 0n)).toThrow(RangeError);
});
