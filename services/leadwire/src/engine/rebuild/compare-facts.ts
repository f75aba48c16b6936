import { type Dimension, dimensions } from "@leadwire/funnel";
import { factSumsSql, rowsOf, type Store } from "@leadwire/store";
import type { FactDifference } from "./rebuild-differences.ts";

/** Which facts two generations have otherwise. */
export interface FactChanges {
  readonly facts: ReadonlyArray<FactDifference>;
  /** Whether facts of this kind differ in anything but dimensions, or in how many there are. */
  readonly isChanged: (kind: string) => boolean;
  /** Whether facts of this kind lie elsewhere in a dimension; also where they are changed. */
  readonly isMoved: (kind: string, dimension: Dimension) => boolean;
}

type Sums = ReadonlyMap<string, ReadonlyArray<string>>;

const readSums = async (store: Store, generation: string): Promise<Sums> => {
  const rows = await rowsOf(store, factSumsSql(generation));
  return new Map(rows.map(([kind, ...sums]) => [String(kind), sums.map(String)]));
};

/** Compares the facts of two generations by their sums, kind by kind. Pure. */
export const factChanges = (before: Sums, after: Sums): FactChanges => {
  const kinds = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const of = (sums: Sums, kind: string, index: number): string => sums.get(kind)?.[index] ?? "0";
  const differs = (kind: string, index: number): boolean => of(before, kind, index) !== of(after, kind, index);
  const isChanged = (kind: string): boolean => differs(kind, 0) || differs(kind, 1);
  return {
    facts: kinds
      .filter((kind) => isChanged(kind) || dimensions.some((_, n) => differs(kind, n + 2)))
      .map((kind) => ({ kind, before: Number(of(before, kind, 0)), after: Number(of(after, kind, 0)) })),
    isChanged,
    isMoved: (kind, dimension) => isChanged(kind) || differs(kind, dimensions.indexOf(dimension) + 2),
  };
};

export const compareFacts = async (store: Store, before: string, after: string): Promise<FactChanges> =>
  factChanges(await readSums(store, before), await readSums(store, after));
