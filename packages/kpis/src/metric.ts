import { type Dimension, dimensions } from "@leadwire/funnel";
import { type Expression, measuresIn } from "./expression.ts";
import { type Formula, measuresOf, targetsOf } from "./formula.ts";
import type { Measure } from "./measure.ts";

/** `x`: a multiple. `money_per_day` is money a day, also in minor units. */
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

/** The languages that every metric has texts in. */
export const languages = ["en", "ro", "pl", "ru", "zh-Hant"] as const;
export type Language = (typeof languages)[number];

/** A metric's name, and what it is in one line. */
export type MetricText = readonly [name: string, line: string];

/** A caution with a number of its own: how many facts the value leaves out, or takes something for granted of. */
export interface Caution {
  readonly flag: "assumed_term" | "missing_cost" | "amounts_left_out";
  /** The flag stands where this is above 0. */
  readonly count: Expression;
}

/** One number of a metric as its file states it: `lead_response_time.p90`. */
export interface Statistic {
  readonly unit: Unit;
  readonly formula: Formula;
  readonly cautions?: ReadonlyArray<Caution>;
}

/** A statistic with what follows from its formula. */
export interface CompletedStatistic extends Statistic {
  /** Those that every measure of the formula carries, in their usual order. */
  readonly dimensions: ReadonlyArray<Dimension>;
}

/** What a metric's file states. Live evaluation, SQL, documentation and tests are made from it. */
export interface MetricDefinition {
  readonly id: string;
  /** Raised when the same facts would give another number. */
  readonly version: number;
  readonly better: "higher" | "lower";
  /** The only number, or several by name with the one that the bare name stands for. */
  readonly value: Statistic | { readonly default: string; readonly statistics: Readonly<Record<string, Statistic>> };
  /** In a log without any activity-logged the value is null (`no_activity_data`). */
  readonly needsActivity?: true;
  /** When the value is null, or what else surprises, in one sentence. */
  readonly nullRule: string;
  /** The formula worked with numbers, in one or two sentences. */
  readonly example: string;
  /** Where the number misleads. */
  readonly misleads: string;
  /** Metrics to read beside it. */
  readonly beside: ReadonlyArray<string>;
  readonly texts: Readonly<Record<Language, MetricText>>;
}

/** A definition with its statistics by name, whether it stated one or several. */
export interface Metric extends MetricDefinition {
  /** By name; the only number of a metric without names is under "". */
  readonly statistics: ReadonlyMap<string, CompletedStatistic>;
  readonly defaultStatistic: string;
  /** Those of the default statistic. */
  readonly dimensions: ReadonlyArray<Dimension>;
}

/** A plan is for the company, teams and reps: what is held against it goes by nothing else. */
const planDimensions: ReadonlyArray<Dimension> = ["owner", "team"];

const dimensionsOf = (formula: Formula): ReadonlyArray<Dimension> => {
  if (formula._tag === "Forecast") return formula.level === "company" ? [] : [formula.level];
  const measures = measuresOf(formula);
  const carried = dimensions.filter((dimension) => measures.every((measure) => measure.dimensions.includes(dimension)));
  return targetsOf(formula).length === 0 ? carried : carried.filter((dimension) => planDimensions.includes(dimension));
};

/** Completes a definition. Throws where its default is no statistic of its own: a fault of the file, not of the user. */
export const metric = (definition: MetricDefinition): Metric => {
  const { value } = definition;
  const stated = "statistics" in value ? Object.entries(value.statistics) : [["", value] as const];
  const statistics = new Map(
    stated.map(([name, statistic]) => [name, { ...statistic, dimensions: dimensionsOf(statistic.formula) }]),
  );
  const defaultStatistic = "statistics" in value ? value.default : "";
  const bare = statistics.get(defaultStatistic);
  if (bare === undefined) throw new Error(`${definition.id} has no statistic "${defaultStatistic}"`);
  return { ...definition, statistics, defaultStatistic, dimensions: bare.dimensions };
};

/** Every measure that a statistic reads, those of its cautions included. */
export const measuresOfStatistic = ({ formula, cautions = [] }: Statistic): ReadonlyArray<Measure> => [
  ...measuresOf(formula),
  ...cautions.flatMap(({ count }) => measuresIn(count)),
];

/** Whether the file's export is a metric; used where metrics are found by their files. */
export const isMetric = (value: unknown): value is Metric =>
  typeof value === "object" &&
  value !== null &&
  "statistics" in value &&
  "defaultStatistic" in value &&
  "texts" in value;
