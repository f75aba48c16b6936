/** Bits of the quotient kept before rounding: more than a double holds, so that the sticky bit decides ties only. */
const quotientBits = 60;

const bitLength = (value: bigint): number => value.toString(2).length;

/**
 * n / d as the nearest double (ties to even): the one division of a KPI. Throws where d is 0, which formulas rule out
 * before they divide.
 */
export const divide = (n: bigint, d: bigint): number => {
  if (d === 0n) throw new RangeError("division by zero");
  if (n === 0n) return 0;
  const negative = n < 0n !== d < 0n;
  const [top, bottom] = [n < 0n ? -n : n, d < 0n ? -d : d];
  if (top < 1n << 53n && bottom < 1n << 53n) return (negative ? -1 : 1) * (Number(top) / Number(bottom));
  const shift = Math.max(0, quotientBits - (bitLength(top) - bitLength(bottom)));
  const scaled = top << BigInt(shift);
  const quotient = scaled / bottom;
  const sticky = scaled % bottom === 0n ? 0n : 1n;
  // The quotient has at least 59 bits here, and Number() rounds it to the nearest even: the sticky bit breaks ties.
  return (negative ? -1 : 1) * Number((quotient << 1n) | sticky) * 2 ** -(shift + 1);
};
