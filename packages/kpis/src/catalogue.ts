import { type Either, left, right } from "fp-ts/lib/Either.js";
import type { Measure } from "./measure.ts";
import { type CompletedStatistic, type Metric, measuresOfStatistic } from "./metric.ts";
import { type UsageFault, usageFault } from "./usage-fault.ts";

/** Every metric there is, and every measure that they are made of: what the engine slices by. */
export interface Catalogue {
  /** By id, in the order of the ids. */
  readonly metrics: ReadonlyMap<string, Metric>;
  /** In the order of their ids. */
  readonly measures: ReadonlyArray<Measure>;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** Throws where two metrics share an id, or two different measures do. */
export const catalogueOf = (metrics: Iterable<Metric>): Catalogue => {
  const byName = new Map<string, Metric>();
  const measures = new Map<string, Measure>();
  for (const metric of [...metrics].sort(byId)) {
    if (byName.has(metric.id)) throw new Error(`two metrics are called ${metric.id}`);
    byName.set(metric.id, metric);
    for (const measure of [...metric.statistics.values()].flatMap(measuresOfStatistic)) {
      const known = measures.get(measure.id);
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(measure)) {
        throw new Error(`two measures are called ${measure.id}`);
      }
      measures.set(measure.id, known ?? measure);
    }
  }
  return { metrics: byName, measures: [...measures.values()].sort(byId) };
};

/** What slices depend on, as text: part of a generation's name (funnel/generation.ts). */
export const measureShapes = (catalogue: Catalogue): string => JSON.stringify(catalogue.measures);

/** Every name that a question can begin with: metrics, and those of their statistics that have one: `win_rate.by_value`. */
export const questionNames = (catalogue: Catalogue): ReadonlyArray<string> =>
  [...catalogue.metrics.values()].flatMap(({ id, statistics }) => [
    id,
    ...[...statistics.keys()].filter((name) => name !== "").map((name) => `${id}.${name}`),
  ]);

/** A metric and one of its statistics, as asked for: `win_rate`, `lead_response_time.p90`. */
export interface NamedStatistic {
  readonly metric: Metric;
  readonly statisticName: string;
  readonly statistic: CompletedStatistic;
}

/** Finds `win_rate` (its default statistic) or `win_rate.by_value`; Left names what there is. */
export const findStatistic = (catalogue: Catalogue, name: string): Either<UsageFault, NamedStatistic> => {
  const dot = name.indexOf(".");
  const metric = catalogue.metrics.get(dot < 0 ? name : name.slice(0, dot));
  if (metric === undefined) {
    const known = [...catalogue.metrics.keys()].join(", ");
    return left(usageFault("UnknownMetric", `There is no metric "${name}". There are ${known}.`));
  }
  const statisticName = dot < 0 ? metric.defaultStatistic : name.slice(dot + 1);
  const statistic = metric.statistics.get(statisticName);
  if (statistic !== undefined && (dot < 0 || statisticName !== "")) return right({ metric, statisticName, statistic });
  const names = [...metric.statistics.keys()].map((known) => (known === "" ? metric.id : `${metric.id}.${known}`));
  const has = metric.statistics.size === 1 ? `one number: ask for ${metric.id}` : names.join(", ");
  return left(usageFault("UnknownStatistic", `${metric.id} has no statistic "${statisticName}". It has ${has}.`));
};
