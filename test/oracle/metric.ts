import type { Company } from "./company.ts";
import type { Counted } from "./counted.ts";
import { asNumber, type Exact, over } from "./rational.ts";
import { isWithin, levelBeforeMs, type OracleWindow, type Span } from "./window.ts";

export type Unit =
  | "leads"
  | "deals"
  | "accounts"
  | "activities"
  | "touches"
  | "units"
  | "money"
  | "money_per_day"
  | "ratio"
  | "x"
  | "months"
  | "score"
  | "s";

/** What an answer says of a number; parts that a formula has no word for are not compared. */
export interface Measured {
  readonly value: number | null;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  readonly count?: number;
}

export type List = ReadonlyArray<Counted>;
export type Lists = Readonly<Record<string, List>>;

/** What a formula is told beside one group's share of the lists. */
export interface Asked {
  readonly company: Company;
  readonly window: OracleWindow;
  /** `company`, `rep:ana`, `team:north`; null for any other group or filter, which no target is set for. */
  readonly scope: string | null;
}

/** A metric: the lists its formula is over, and the formula for one group's share of them. */
export interface OracleMetric<L extends Lists = Lists> {
  readonly unit: Unit;
  /** Null in a log without any activity. */
  readonly needsActivity?: true;
  /** Every group has an answer where any of the lists has something in it. */
  readonly lists: (company: Company, window: OracleWindow) => L;
  readonly formula: (lists: L, asked: Asked) => Measured;
  /** The scopes with a plan that it is held against: each is a group, whatever else is there. */
  readonly scopes?: (company: Company, window: OracleWindow) => ReadonlyArray<string>;
}

/** Forgets what a metric's lists are called, so that metrics of different lists stand in one table. */
export const metricOf = <K extends string>(metric: {
  readonly unit: Unit;
  readonly needsActivity?: true;
  readonly lists: (company: Company, window: OracleWindow) => Readonly<Record<K, List>>;
  readonly formula: (lists: Readonly<Record<K, List>>, asked: Asked) => Measured;
}): OracleMetric => ({
  unit: metric.unit,
  ...(metric.needsActivity === undefined ? {} : { needsActivity: metric.needsActivity }),
  lists: metric.lists,
  formula: (lists, asked) => metric.formula(lists as Readonly<Record<K, List>>, asked),
});

export const within = (list: List, span: Span): List =>
  list.filter((item) => isWithin(item.cohortAtMs ?? item.atMs, span) && item.atMs <= span.atMs);
export const withinPrior = (list: List, { prior }: OracleWindow): List => (prior === null ? [] : within(list, prior));

const yearMs = 365 * 86_400_000;

/** Of the 365 days before the instant that levels are read at. */
export const withinTrailingYear = (list: List, { levelMs, atMs }: OracleWindow): List =>
  within(list, { fromMs: levelMs - yearMs, toMs: levelMs, atMs });

export const outcomes = (list: List, ...wanted: ReadonlyArray<string>): List =>
  list.filter((item) => wanted.includes(item.outcome ?? ""));

/**
 * Before which instant a level's facts lie at a window's start: of one that has not begun, what its end takes. Everything
 * begins after the start of time.
 */
export const startBeforeMs = (window: OracleWindow): number =>
  window.fromMs === null ? Number.NEGATIVE_INFINITY : Math.min(window.fromMs, levelBeforeMs(window));
export { levelBeforeMs };

export const sumOf = (list: List, take: (item: Counted) => bigint | undefined): bigint =>
  list.reduce((sum, item) => sum + (take(item) ?? 0n), 0n);
export const amountsOf = (list: List): bigint => sumOf(list, (item) => item.amountMinor);

/** A numerator and a denominator, each of several parts. */
export type Quotient = readonly [numerator: Exact, denominator: Exact];

const measured = ([numerator, denominator]: Quotient): Measured => ({
  value: asNumber(over(numerator, denominator)),
  ...(numerator === null ? {} : { numerator: asNumber(numerator) }),
  ...(denominator === null ? {} : { denominator: asNumber(denominator) }),
});

/** Exact arithmetic all the way to the quotient. */
export const exactMetric = <K extends string>(
  unit: Unit,
  lists: (company: Company, window: OracleWindow) => Readonly<Record<K, List>>,
  formula: (lists: Readonly<Record<K, List>>, asked: Asked) => Quotient,
): OracleMetric =>
  metricOf({ unit, lists, formula: (named: Readonly<Record<K, List>>, asked) => measured(formula(named, asked)) });

export const ratio = (numerator: number, denominator: number): Measured => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

type ListOf = (company: Company, window: OracleWindow) => List;

/** How many there are. */
export const counted = (unit: Unit, list: ListOf): OracleMetric =>
  metricOf({
    unit,
    lists: (c, w) => ({ all: list(c, w) }),
    formula: ({ all }) => ({ value: all.length, count: all.length }),
  });

/** What their values come to. */
export const summed = (unit: Unit, list: ListOf, take: (item: Counted) => bigint | undefined): OracleMetric =>
  metricOf({
    unit,
    lists: (c, w) => ({ all: list(c, w) }),
    formula: ({ all }) => ({ value: Number(sumOf(all, take)), count: all.length }),
  });

/** What their values come to, where how many there are says nothing: movements of a level. */
export const moved = (unit: Unit, list: ListOf): OracleMetric =>
  metricOf({
    unit,
    lists: (c, w) => ({ all: list(c, w) }),
    formula: ({ all }) => ({ value: Number(amountsOf(all)) }),
  });

/** How many of some there are among all. */
export const share = (unit: Unit, part: ListOf, whole: ListOf): OracleMetric =>
  metricOf({
    unit,
    lists: (c, w) => ({ part: part(c, w), whole: whole(c, w) }),
    formula: ({ part: some, whole: all }) => ratio(some.length, all.length),
  });

export const growth = (now: number, before: number, { prior }: OracleWindow): Measured =>
  prior === null ? { value: null } : ratio(now - before, before);

/** A value of each in thousandths of the unit: milliseconds of seconds, or thousandths as they are stated. */
type ThousandthsOf = (item: Counted) => number | undefined;
export const wallMs: ThousandthsOf = (item) => item.durationMs;
export const businessMs: ThousandthsOf = (item) => item.businessMs;
export const unitsMilli: ThousandthsOf = (item) =>
  item.unitsMilli === undefined ? undefined : Number(item.unitsMilli);

const valuesOf = (list: List, take: ThousandthsOf): ReadonlyArray<number> => list.flatMap((item) => take(item) ?? []);

/** Over those that have the value. */
export const mean = (unit: Unit, list: ListOf, take: ThousandthsOf): OracleMetric =>
  metricOf({
    unit,
    lists: (c, w) => ({ all: list(c, w).filter((item) => take(item) !== undefined) }),
    formula: ({ all }) => {
      const sum = valuesOf(all, take).reduce((total, value) => total + value, 0);
      return { value: all.length === 0 ? null : sum / (1000 * all.length), count: all.length };
    },
  });

/** Nearest rank: the value at position ⌈p·n⌉. Percents keep the rank free of rounding. */
export const percentile = (unit: Unit, percent: number, list: ListOf, take: ThousandthsOf): OracleMetric =>
  metricOf({
    unit,
    lists: (c, w) => ({ all: list(c, w).filter((item) => take(item) !== undefined) }),
    formula: ({ all }) => {
      const sorted = valuesOf(all, take).toSorted((a, b) => a - b);
      const value = sorted[Math.ceil((percent * sorted.length) / 100) - 1];
      return { value: value === undefined ? null : value / 1000, count: sorted.length };
    },
  });

/** The same metric, null in a log without any activity. */
export const needingActivity = (metric: OracleMetric): OracleMetric => ({ ...metric, needsActivity: true });

/** The same metric, held against a plan that some scopes have. */
export const heldAgainst = (scopes: NonNullable<OracleMetric["scopes"]>, metric: OracleMetric): OracleMetric => ({
  ...metric,
  scopes,
});
