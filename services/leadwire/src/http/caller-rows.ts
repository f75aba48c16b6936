import { dimensionNamed } from "@leadwire/kpis";
import type { FastifyRequest } from "fastify";
import { type Either, left, right } from "fp-ts/lib/Either.js";

/** Dimension and value. */
export type RowFilter = readonly [dimension: string, value: string];

/** The rows that whoever asks may see: of one dimension any of its values, of several dimensions all. Empty: all rows. */
export type RowsOf = (request: FastifyRequest) => ReadonlyArray<RowFilter>;

/** A word that is no dimension stands for itself: it is refused where the question is checked. */
export const dimensionOf = (name: string): string => dimensionNamed(name) ?? name;

const grouped = (filters: ReadonlyArray<RowFilter>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const values = new Map<string, ReadonlyArray<string>>();
  for (const [name, value] of filters) {
    const dimension = dimensionOf(name);
    values.set(dimension, [...(values.get(dimension) ?? []), value]);
  }
  return values;
};

/** `team = North or South, and region = East`. */
export const rowsText = (rows: ReadonlyArray<RowFilter>): string =>
  [...grouped(rows)].map(([dimension, values]) => `${dimension} = ${values.join(" or ")}`).join(", and ");

/**
 * The filters of a question within the rows of whoever asks: never more rows than theirs, and none where the question asks
 * for others. A question has one value of a dimension: Left says which to choose where theirs are several.
 */
export const withinRows = (
  asked: ReadonlyArray<RowFilter>,
  rows: ReadonlyArray<RowFilter>,
): Either<string, ReadonlyArray<RowFilter>> => {
  const wanted = grouped(asked);
  const added: RowFilter[] = [];
  for (const [dimension, values] of grouped(rows)) {
    const [first, ...others] = [...new Set(values)];
    if (first === undefined) continue;
    const chosen = wanted.get(dimension) ?? [];
    // Both have to hold: one of theirs that was asked for narrows to itself, any other to nothing.
    if (chosen.some((value) => values.includes(value))) continue;
    if (chosen.length === 0 && others.length > 0)
      return left(
        `This token sees ${rowsText(rows)}: say for which one, such as where=${encodeURIComponent(`${dimension}=${first}`)}.`,
      );
    added.push([dimension, first]);
  }
  return right([...asked, ...added]);
};
