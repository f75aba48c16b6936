/** A sparkline's shape in a box of 100 × 30, y downwards. Stretched by the page; strokes keep their width. */
export interface SparklinePath {
  /** Path data of the line; a gap starts a new piece. */
  readonly line: string;
  /** The same, closed down to the base line; empty where that is not zero, since an area is read as an amount. */
  readonly area: string;
  /** Where the newest point stands, when there is one. */
  readonly end: { readonly x: number; readonly y: number } | null;
}

const width = 100;
const height = 30;
const margin = 2;
const round = (value: number): number => Math.round(value * 100) / 100;

type Point = { readonly x: number; readonly y: number };

const pieces = (points: ReadonlyArray<number | null>, at: (value: number, index: number) => Point): Point[][] => {
  const found: Point[][] = [];
  let open: Point[] | undefined;
  points.forEach((value, index) => {
    if (value === null) {
      open = undefined;
      return;
    }
    if (open === undefined) {
      open = [];
      found.push(open);
    }
    open.push(at(value, index));
  });
  return found;
};

const lineOf = (piece: ReadonlyArray<Point>): string => `M${piece.map(({ x, y }) => `${x} ${y}`).join("L")}`;

/**
 * The lowest value that is drawn: zero where asked. Where all values lie close together far above it, a line from zero
 * would be a flat one: then it is as far below the largest as a quarter of that, or their spread where that is more.
 */
const baseOf = (low: number, high: number, fromZero: boolean): number => {
  if (!fromZero) return low;
  if (low <= high / 2) return Math.min(0, low);
  return high - Math.max(high / 4, (high - low) * 1.2);
};

/** Scaled between the base and the largest value; a flat line stands in the middle, one of zeros below. */
export const sparklinePath = (points: ReadonlyArray<number | null>, fromZero: boolean): SparklinePath => {
  const values = points.filter((value) => value !== null);
  if (values.length === 0) return { line: "", area: "", end: null };
  const high = Math.max(...values);
  const low = baseOf(Math.min(...values), high, fromZero);
  const step = points.length > 1 ? width / (points.length - 1) : 0;
  const scale = high > low ? (height - 2 * margin) / (high - low) : 0;
  const at = (value: number, index: number): Point => ({
    x: round(index * step),
    y: scale === 0 && !fromZero ? height / 2 : round(height - margin - (value - low) * scale),
  });
  const drawn = pieces(points, at);
  const area = drawn
    .filter((piece) => piece.length > 1)
    .map((piece) => `${lineOf(piece)}L${piece.at(-1)?.x ?? 0} ${height}L${piece[0]?.x ?? 0} ${height}Z`);
  const last = points.at(-1);
  return {
    line: drawn.map(lineOf).join(""),
    area: fromZero && low <= 0 ? area.join("") : "",
    end: last === null || last === undefined ? null : at(last, points.length - 1),
  };
};
