import type { Catalogue } from "../catalogue.ts";
import type { Language, Metric, Unit } from "../metric.ts";
import { formulaWords } from "./formula-words.ts";

/** One number of a metric, as `kpi --list` tells of it. */
export interface ListedStatistic {
  /** As a question names it: `win_rate`, `lead_response_time.p90`. */
  readonly name: string;
  readonly unit: Unit;
  /** In words, made from what evaluates it. */
  readonly formula: string;
  /** Beside `company`. */
  readonly dimensions: ReadonlyArray<string>;
  /** What the bare name of the metric gives. */
  readonly default: boolean;
}

/** A metric as `npx leadwire kpi --list --json` and `/api/kpis` tell of it. Name and line are in the language asked for. */
export interface ListedMetric {
  readonly metric: string;
  readonly name: string;
  readonly line: string;
  readonly better: Metric["better"];
  readonly formula_version: number;
  readonly statistics: ReadonlyArray<ListedStatistic>;
  readonly null_rule: string;
  readonly misleads: string;
  readonly beside: ReadonlyArray<string>;
}

const statisticsOf = (metric: Metric): ReadonlyArray<ListedStatistic> =>
  [...metric.statistics].map(([name, { unit, formula, dimensions }]) => ({
    name: name === "" ? metric.id : `${metric.id}.${name}`,
    unit,
    formula: formulaWords(formula),
    dimensions,
    default: name === metric.defaultStatistic,
  }));

/** Every metric of the catalogue, in the order of their ids. */
export const listMetrics = (catalogue: Catalogue, language: Language): ReadonlyArray<ListedMetric> =>
  [...catalogue.metrics.values()].map((metric) => ({
    metric: metric.id,
    name: metric.texts[language][0],
    line: metric.texts[language][1],
    better: metric.better,
    formula_version: metric.version,
    statistics: statisticsOf(metric),
    null_rule: metric.nullRule,
    misleads: metric.misleads,
    beside: metric.beside,
  }));
