/** An exact number. Not reduced: numbers of a KPI are few and their integers small. `d` is above 0. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** n / d with the sign in n. `d` is not 0: `divideRational` refuses that. */
export const rational = (n: bigint, d = 1n): Rational => (d < 0n ? { n: -n, d: -d } : { n, d });

export const addRational = (a: Rational, b: Rational): Rational =>
  a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
export const negateRational = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const multiplyRational = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });
/** Null where the divisor is 0. */
export const divideRational = (a: Rational, b: Rational): Rational | null =>
  b.n === 0n ? null : rational(a.n * b.d, a.d * b.n);

/** A double as people write it: 0.35 is 35/100, not the binary fraction next to it. Throws where it is not finite. */
export const rationalOfDecimal = (value: number): Rational => {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new RangeError(`expected a finite number, found ${value}`);
  const [, sign = "", whole = "0", decimals = "", exponent = "0"] = match;
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals) * (sign === "-" ? -1n : 1n);
  return power >= 0 ? { n: digits * 10n ** BigInt(power), d: 1n } : { n: digits, d: 10n ** BigInt(-power) };
};
