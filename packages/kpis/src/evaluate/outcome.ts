import { divide } from "../division.ts";
import type { Formula } from "../formula.ts";
import type { Unit } from "../metric.ts";
import type { BinPartial } from "./partial.ts";

/** What one group's queries found, added up by their role in the formula. */
export interface Gathered {
  /** Of the formula's first term: its count of facts, and what it takes (count or sum). */
  readonly first: { readonly count: bigint; readonly taken: bigint };
  /** Of the second: the denominator, or the prior. */
  readonly second: { readonly count: bigint; readonly taken: bigint };
  readonly bins: ReadonlyArray<BinPartial>;
  readonly ages: ReadonlyArray<number>;
}

/** A formula's number for one group, with what it is made of. */
export interface Outcome {
  readonly value: number | null;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
  /** Growth of money: window − prior. */
  readonly differenceMinor?: number;
  /** How many facts the number rests on: fewer than 10 are flagged. */
  readonly basis?: number;
}

const msPerSecond = 1000n;

/** Position ⌈percent·n/100⌉, from 1. */
const rankOf = (percent: number, n: bigint): bigint => (BigInt(percent) * n + 99n) / 100n;

const percentileOf = (bins: ReadonlyArray<BinPartial>, percent: number): Outcome => {
  const n = bins.reduce((count, bin) => count + bin[1], 0n);
  const counted = { count: Number(n), basis: Number(n) };
  const rank = rankOf(percent, n);
  let passed = 0n;
  for (const [, count, sum] of bins) {
    passed += count;
    if (count > 0n && passed >= rank) return { value: divide(sum, count * msPerSecond), ...counted };
  }
  return { value: null, ...counted };
};

const ageOf = (ages: ReadonlyArray<number>, percent: number): Outcome => {
  const age = ages[Number(rankOf(percent, BigInt(ages.length))) - 1];
  return { value: age === undefined ? null : age / 1000, count: ages.length };
};

const quotient = (numerator: bigint, denominator: bigint): Outcome => ({
  value: denominator === 0n ? null : divide(numerator, denominator),
  numerator: Number(numerator),
  denominator: Number(denominator),
});

/** The number of a formula. `hasPrior` is false for growth over `all`, which has none. */
export const outcomeOf = (formula: Formula, gathered: Gathered, unit: Unit, hasPrior: boolean): Outcome => {
  const { first, second } = gathered;
  switch (formula._tag) {
    case "Total":
      return { value: Number(first.taken), count: Number(first.count) };
    case "Ratio":
      return { ...quotient(first.taken, second.taken), basis: Number(second.count) };
    case "Mean": {
      const value = first.count === 0n ? null : divide(first.taken, first.count * (unit === "s" ? msPerSecond : 1n));
      return { value, count: Number(first.count), basis: Number(first.count) };
    }
    case "Percentile":
      return percentileOf(gathered.bins, formula.percent);
    case "Age":
      return ageOf(gathered.ages, formula.percent);
    case "Growth": {
      if (!hasPrior) return { value: null };
      const growth = { ...quotient(first.taken - second.taken, second.taken), basis: Number(second.count) };
      const ofMoney = formula.of.take === "sum" && formula.of.measures.every((m) => m.value === "amountMinor");
      return ofMoney ? { ...growth, differenceMinor: Number(first.taken - second.taken) } : growth;
    }
  }
};
