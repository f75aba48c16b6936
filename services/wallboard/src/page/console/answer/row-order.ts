import type { Cell, Row } from "./answer-lines.ts";
import { cellText, typeGroup } from "./cell-text.ts";

export interface RowOrder {
  readonly column: number;
  readonly isDown: boolean;
}

/** Integers of any length and decimals are compared as numbers; what lies beyond a double is close enough to be in order. */
const numberOf = (cell: Cell | undefined): number => (typeof cell === "number" ? cell : Number(cellText(cell)));

const exactOrder = (a: string, b: string): number => {
  if (!/^-?\d+$/u.test(a) || !/^-?\d+$/u.test(b)) return 0;
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The rows in an order of the reader's: by value, nulls last, equal rows as they came. */
export const orderedRows = (
  rows: ReadonlyArray<Row>,
  types: ReadonlyArray<string>,
  order: RowOrder | null,
): ReadonlyArray<Row> => {
  if (order === null) return rows;
  const { column, isDown } = order;
  const isNumber = typeGroup(types[column] ?? "") === "number";
  const collator = new Intl.Collator("en", { numeric: true });
  const compare = (a: Cell, b: Cell): number =>
    isNumber
      ? numberOf(a) - numberOf(b) || exactOrder(cellText(a), cellText(b))
      : collator.compare(cellText(a), cellText(b));
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column] ?? null, other[column] ?? null];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return isDown ? compare(b, a) : compare(a, b);
  });
};
