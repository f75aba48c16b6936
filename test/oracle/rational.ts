/** Exact fractions, so that a number of several parts is rounded once: when it is read. */
export interface Rational {
  readonly over: bigint;
  /** Above 0. */
  readonly under: bigint;
}

/** Null: a part of it has no answer. */
export type Exact = Rational | null;

export const exactly = (whole: bigint | number): Rational => ({ over: BigInt(whole), under: 1n });

/** A number as people write it, to four decimals. */
export const decimally = (value: number): Rational => ({ over: BigInt(Math.round(value * 10_000)), under: 10_000n });

const both = (a: Exact, b: Exact, make: (a: Rational, b: Rational) => Exact): Exact =>
  a === null || b === null ? null : make(a, b);

export const plus = (a: Exact, b: Exact): Exact =>
  both(a, b, (x, y) => ({ over: x.over * y.under + y.over * x.under, under: x.under * y.under }));

export const times = (a: Exact, b: Exact): Exact =>
  both(a, b, (x, y) => ({ over: x.over * y.over, under: x.under * y.under }));

export const minus = (a: Exact, b: Exact): Exact => plus(a, times(b, exactly(-1)));

/** Null where the divisor is 0. */
export const over = (a: Exact, b: Exact): Exact =>
  both(a, b, (x, y) => {
    if (y.over === 0n) return null;
    const sign = y.over < 0n ? -1n : 1n;
    return { over: x.over * y.under * sign, under: x.under * y.over * sign };
  });

/** Null where it is not above 0. */
export const ifPositive = (a: Exact): Exact => (a !== null && a.over > 0n ? a : null);

/** The nearest double: its decimal digits, 40 of them after the point, as a person would write them, read back. */
export const asNumber = (a: Exact): number | null => {
  if (a === null) return null;
  const digits = (a.over * 10n ** 40n) / a.under;
  const isCut = (a.over * 10n ** 40n) % a.under !== 0n;
  return Number(`${digits}${isCut ? "1" : "0"}e-41`);
};
