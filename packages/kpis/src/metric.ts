import { type Dimension, dimensions } from "@leadwire/funnel";
import { type Formula, measuresOf } from "./formula.ts";

export type Unit = "leads" | "deals" | "money" | "ratio" | "s";

export const languages = ["en", "ro", "pl", "ru", "zh-Hant"] as const;
export type Language = (typeof languages)[number];

/** A metric's name, and what it is in one line. */
export type MetricText = readonly [name: string, line: string];

/** One number of a metric: `lead_response_time.p90`. */
export interface Statistic {
  readonly unit: Unit;
  readonly formula: Formula;
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

export interface Metric extends MetricDefinition {
  /** By name; the only number of a metric without names is under "". */
  readonly statistics: ReadonlyMap<string, Statistic>;
  readonly defaultStatistic: string;
  /** Those that every measure of every formula carries, in their usual order. */
  readonly dimensions: ReadonlyArray<Dimension>;
}

/** Completes a definition. Throws where its default is no statistic of its own: a fault of the file, not of the user. */
export const metric = (definition: MetricDefinition): Metric => {
  const { value } = definition;
  const statistics = new Map("statistics" in value ? Object.entries(value.statistics) : [["", value]]);
  const defaultStatistic = "statistics" in value ? value.default : "";
  if (!statistics.has(defaultStatistic)) throw new Error(`${definition.id} has no statistic "${defaultStatistic}"`);
  const measures = [...statistics.values()].flatMap((statistic) => measuresOf(statistic.formula));
  return {
    ...definition,
    statistics,
    defaultStatistic,
    dimensions: dimensions.filter((dimension) => measures.every((measure) => measure.dimensions.includes(dimension))),
  };
};

/** Whether the file's export is a metric; used where metrics are found by their files. */
export const isMetric = (value: unknown): value is Metric =>
  typeof value === "object" &&
  value !== null &&
  "statistics" in value &&
  "defaultStatistic" in value &&
  "texts" in value;
