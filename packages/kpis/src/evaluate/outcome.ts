import { noValue } from "@leadwire/funnel";
import { divide } from "../division.ts";
import type { Formula } from "../formula.ts";
import { toldScale } from "../measure.ts";
import { divideRational, type Rational } from "../rational.ts";
import type { Term } from "../term.ts";
import { type ExpressionContext, valueOfExpression } from "./expression-value.ts";
import type { LeafSum } from "./leaf-sum.ts";
import type { BinPartial } from "./partial.ts";

/** What one group's queries found, and what a formula asks for beside facts. */
export interface Gathered {
  /** Of the formula's first term. */
  readonly first: LeafSum;
  /** Of the second: the denominator, or the prior. */
  readonly second: LeafSum;
  /** The facts that a fraction rests on; undefined where it does not say. */
  readonly basis: LeafSum | undefined;
  /** False for growth over `all`, which has no prior. */
  readonly hasPrior: boolean;
  /** The forecasts that count, in minor units, by the name of their scope within the group; null without a period. */
  readonly forecasts: ReadonlyMap<string, number> | null;
  readonly expressions: ExpressionContext;
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
  /** Of forecasts: the scopes that sold without having one. */
  readonly missing?: number;
}

const scaleOf = ({ measures: [first], take }: Term): bigint =>
  BigInt(take === "count" || first === undefined ? 1 : toldScale(first));

const inOwnUnit = 1000n;

/** Position ⌈percent·n/100⌉, from 1. */
const rankOf = (percent: number, n: bigint): bigint => (BigInt(percent) * n + 99n) / 100n;

const percentileOf = (bins: ReadonlyArray<BinPartial>, percent: number): Outcome => {
  const n = bins.reduce((count, bin) => count + bin[1], 0n);
  const counted = { count: Number(n), basis: Number(n) };
  const rank = rankOf(percent, n);
  let passed = 0n;
  for (const [, count, sum] of bins) {
    passed += count;
    if (count > 0n && passed >= rank) return { value: divide(sum, count * inOwnUnit), ...counted };
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

const doubleOf = (value: Rational): number => divide(value.n, value.d);

/** Facts that a fraction says it rests on; else, of a share of what stood at the window's start, how many stood there. */
const basisOf = (
  { denominator }: Extract<Formula, { _tag: "Fraction" }>,
  { basis, expressions }: Gathered,
): Pick<Outcome, "count" | "basis"> => {
  if (basis !== undefined) return { count: Number(basis.taken), basis: Number(basis.taken) };
  const stood = denominator._tag === "Ends" ? expressions.leaf(denominator) : undefined;
  return stood === undefined ? {} : { count: Number(stood.count), basis: Number(stood.count) };
};

const fractionOf = (formula: Extract<Formula, { _tag: "Fraction" }>, gathered: Gathered): Outcome => {
  const numerator = valueOfExpression(formula.numerator, gathered.expressions);
  const denominator = valueOfExpression(formula.denominator, gathered.expressions);
  const value = numerator === null || denominator === null ? null : divideRational(numerator, denominator);
  return {
    value: value === null ? null : doubleOf(value),
    ...(numerator === null ? {} : { numerator: doubleOf(numerator) }),
    ...(denominator === null ? {} : { denominator: doubleOf(denominator) }),
    ...basisOf(formula, gathered),
  };
};

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** Over the scopes that have a forecast; those that sold without one are told beside it. */
const forecastOf = (formula: Extract<Formula, { _tag: "Forecast" }>, gathered: Gathered): Outcome => {
  const { forecasts } = gathered;
  if (forecasts === null) return { value: null };
  const ofCompany = formula.level === "company";
  const actual = new Map(ofCompany ? [["", gathered.first.taken]] : gathered.first.parts);
  let [sales, off, over] = [0n, 0n, 0n];
  for (const [name, forecast] of forecasts) {
    const sold = actual.get(name) ?? 0n;
    sales += sold;
    over += BigInt(forecast) - sold;
    off += magnitude(BigInt(forecast) - sold);
  }
  const missing = [...actual].filter(([name, sold]) => sold !== 0n && name !== noValue && !forecasts.has(name)).length;
  if (forecasts.size === 0) return { value: null, count: 0, missing };
  return { ...quotient(formula.take === "accuracy" ? sales - off : over, sales), count: forecasts.size, missing };
};

/** The number of a formula. */
export const outcomeOf = (formula: Formula, gathered: Gathered): Outcome => {
  const { first, second } = gathered;
  switch (formula._tag) {
    case "Total":
      return { value: divide(first.taken, scaleOf(formula.of)), count: Number(first.count) };
    case "Ratio":
      return { ...quotient(first.taken, second.taken), basis: Number(second.count) };
    case "Mean": {
      const scale = scaleOf({ measures: [formula.of], take: "sum" });
      const value = first.count === 0n ? null : divide(first.taken, first.count * scale);
      return { value, count: Number(first.count), basis: Number(first.count) };
    }
    case "Percentile":
      return percentileOf(first.bins, formula.percent);
    case "Age":
      return ageOf(first.ages, formula.percent);
    case "Growth": {
      if (!gathered.hasPrior) return { value: null };
      const growth = { ...quotient(first.taken - second.taken, second.taken), basis: Number(second.count) };
      const ofMoney = formula.of.take === "sum" && formula.of.measures.every((m) => m.value === "amountMinor");
      return ofMoney ? { ...growth, differenceMinor: Number(first.taken - second.taken) } : growth;
    }
    case "Fraction":
      return fractionOf(formula, gathered);
    case "Forecast":
      return forecastOf(formula, gathered);
  }
};
