import type { AttackSet } from "./attack.ts";

const nested = (open: string, inner: string, close: string, depth: number): string =>
  `SELECT ${open.repeat(depth)}${inner}${close.repeat(depth)}`;

/** Each reads the one before it twice. */
const doubling = (steps: number): string =>
  Array.from({ length: steps }, (_, at) =>
    at === 0 ? "a0 AS (SELECT 1 AS x)" : `a${at} AS (SELECT * FROM a${at - 1} UNION ALL SELECT * FROM a${at - 1})`,
  ).join(", ");

/** Statements that are too deep, too long, or grow when they are read. */
export const shapeAttacks: AttackSet = {
  name: "shapes",
  both: [
    nested("(", "1", ")", 600),
    nested("toString(", "1", ")", 600),
    nested("NOT ", "1", "", 600),
    `SELECT ${Array.from({ length: 20_000 }, () => "1").join(" UNION ALL SELECT ")}`,
    `SELECT ${Array.from({ length: 40_000 }, () => "1+1").join(",")}`,
  ],
  gate: [`SELECT '${"x".repeat(140_000)}'`],
  limits: [
    nested("[", "1", "]", 600),
    `SELECT * FROM (${"SELECT * FROM (".repeat(60)}SELECT 1${")".repeat(60)})`,
    `WITH ${doubling(18)} SELECT count() FROM a17`,
    `WITH ${Array.from({ length: 60 }, (_, at) => (at === 0 ? "'x' AS a0" : `concat(a${at - 1}, a${at - 1}) AS a${at}`)).join(", ")} SELECT a59`,
  ],
};
