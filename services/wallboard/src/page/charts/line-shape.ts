import type { CourseFrame } from "./course-frame.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One series as path data. */
export interface LineShape {
  /** What is over: solid. */
  readonly line: string;
  /** From the last point that is over to the running one: dashed. Empty where one of them is missing. */
  readonly running: string;
  /** Below both, down to zero; empty where the axis does not begin there. */
  readonly area: string;
  /** Points without a neighbour, which a line would not show. */
  readonly alone: ReadonlyArray<Point>;
  /** The running point. */
  readonly end: Point | null;
}

const pathOf = (points: ReadonlyArray<Point>): string => `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`;

/** Pieces between gaps. */
const piecesOf = (points: ReadonlyArray<Point | null>): Point[][] => {
  const pieces: Point[][] = [[]];
  for (const point of points)
    if (point === null) pieces.push([]);
    else pieces.at(-1)?.push(point);
  return pieces.filter((piece) => piece.length > 0);
};

export const lineShape = (values: ReadonlyArray<number | null>, { xOf, yOf, scale }: CourseFrame): LineShape => {
  const points = values.map((value, index) => (value === null ? null : { x: xOf(index), y: yOf(value) }));
  const end = points.at(-1) ?? null;
  const before = points.at(-2) ?? null;
  const over = piecesOf(points.slice(0, -1));
  const base = scale.low <= 0 && scale.high >= 0 ? yOf(0) : null;
  const closed = (piece: ReadonlyArray<Point>): string =>
    piece.length < 2 || base === null ? "" : `${pathOf(piece)}L${piece.at(-1)?.x} ${base}L${piece[0]?.x} ${base}Z`;
  const isJoined = (piece: ReadonlyArray<Point>): boolean => piece.at(-1) === before && end !== null && before !== null;
  return {
    line: over
      .filter((piece) => piece.length > 1)
      .map(pathOf)
      .join(""),
    running: end !== null && before !== null ? pathOf([before, end]) : "",
    area: piecesOf(points).map(closed).join(""),
    alone: over.filter((piece) => piece.length === 1 && !isJoined(piece)).flat(),
    end,
  };
};
