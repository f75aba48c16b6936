/** An exact number in SQL: texts of two Int256 expressions, NULL where there is no answer. */
export interface SqlRational {
  readonly n: string;
  readonly d: string;
}

const one = "1";

/** An integer expression as a number. */
export const wholeSql = (n: string): SqlRational => ({ n, d: one });

const times = (a: string, b: string): string => (a === one ? b : b === one ? a : `(${a} * ${b})`);

/** Sum or difference; over the common divisor where both have the same. */
export const addSql = (a: SqlRational, b: SqlRational, sign: "+" | "-"): SqlRational =>
  a.d === b.d
    ? { n: `(${a.n} ${sign} ${b.n})`, d: a.d }
    : { n: `(${times(a.n, b.d)} ${sign} ${times(b.n, a.d)})`, d: times(a.d, b.d) };

export const multiplySql = (a: SqlRational, b: SqlRational): SqlRational => ({
  n: times(a.n, b.n),
  d: times(a.d, b.d),
});

/** NULL where the divisor is 0. */
export const divideSql = (a: SqlRational, b: SqlRational): SqlRational => ({
  n: times(a.n, b.d),
  d: times(a.d, `nullIf(${b.n}, 0)`),
});

/** NULL where it is not above 0. */
export const positiveSql = ({ n, d }: SqlRational): SqlRational => ({
  n: d === one ? `if(${n} > 0, ${n}, NULL)` : `if(sign(${n}) * sign(${d}) > 0, ${n}, NULL)`,
  d,
});

/** Bits of the quotient before rounding: more than a double holds (packages/kpis/src/division.ts, in SQL). */
const quotientBits = 60;

/** Of a whole number; 0 has none, and what is divided by it is told apart below. */
const bits = (column: string): string => `toInt16(floor(log2(greatest(toFloat64(${column}), 1))))`;

/**
 * Columns that end in `value`: the columns `n` and `d` (Int256, NULL where there is no answer) divided once and rounded
 * to the nearest double, bit for bit as `divide` does it. For a WITH clause or a SELECT, in this order.
 */
export const quotientColumns = (n: string, d: string, value: string): ReadonlyArray<string> => {
  const [top, bottom, shift, scaled, power] = ["top", "bottom", "shift", "scaled", "power"].map(
    (name) => `${value}_${name}`,
  );
  return [
    `abs(toNullable(${n})) AS ${top}`,
    `abs(nullIf(${d}, 0)) AS ${bottom}`,
    `toUInt8(if(${top} = 0, 0, greatest(0, ${quotientBits} - (${bits(`${top}`)} - ${bits(`${bottom}`)})))) AS ${shift}`,
    `bitShiftLeft(assumeNotNull(${top}), assumeNotNull(${shift})) AS ${scaled}`,
    `toFloat64(bitShiftLeft(toInt256(1), assumeNotNull(${shift}) + 1)) AS ${power}`,
    `multiIf(isNull(${top}) OR isNull(${bottom}), NULL, ${top} = 0, 0, ${top} < 9007199254740992 AND ${bottom} < 9007199254740992, toFloat64(${n}) / toFloat64(${d}), sign(${n}) * sign(${d}) * toFloat64(toUInt64(intDiv(${scaled}, ${bottom}) * 2 + (${scaled} % ${bottom} != 0))) / ${power}) AS ${value}`,
  ];
};
