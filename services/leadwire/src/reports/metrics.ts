import {
  type Catalogue,
  type Language,
  type ListedMetric,
  languages,
  listMetrics,
  type PlanEntry,
  type UsageFault,
  usageFault,
} from "@leadwire/kpis";
import { kpiSource } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { type PlanLine, planLines } from "../targets/plan-line.ts";
import type { Report } from "./report.ts";
import { knownArgs, oneArg } from "./report-args.ts";

/** A metric, and the targets of it that count. */
export interface MetricEntry extends ListedMetric {
  readonly targets: ReadonlyArray<Pick<PlanLine, "metric" | "scope" | "period" | "value">>;
}

export interface MetricsDocument {
  readonly language: Language;
  /** Of the targets' amounts, which are in minor units. */
  readonly currency: string;
  readonly metrics: ReadonlyArray<MetricEntry>;
}

const languageOf = (text: string | undefined): Either<string, Language> => {
  const wanted = text ?? "en";
  const found = languages.find((language) => language.toLowerCase() === wanted.toLowerCase());
  return found === undefined ? left(`There are no texts in "${wanted}": write ${languages.join(", ")}.`) : right(found);
};

/** The list of a catalogue, or of the one metric named, with the targets that are planned. */
export const metricsDocument = (
  catalogue: Catalogue,
  currency: string,
  planned: ReadonlyArray<PlanEntry>,
  { lang, metric: wanted }: { readonly lang?: string | undefined; readonly metric?: string | undefined },
): Either<UsageFault, MetricsDocument> => {
  const language = languageOf(lang);
  if (isLeft(language)) return left(usageFault("BadArgument", language.left));
  const id = wanted?.split(".")[0];
  const listed = listMetrics(catalogue, language.right).filter(({ metric }) => id === undefined || metric === id);
  if (listed.length === 0) {
    const there = [...catalogue.metrics.keys()].join(", ");
    return left(usageFault("UnknownMetric", `There is no metric "${id ?? ""}". There are ${there}.`));
  }
  const lines = planLines(planned).filter(({ counts }) => counts);
  const targetsOf = (name: string): MetricEntry["targets"] =>
    lines
      .filter(({ metric }) => metric.split(".")[0] === name)
      .map(({ metric, scope, period, value }) => ({ metric, scope, period, value }));
  const metrics = listed.map((metric) => ({ ...metric, targets: targetsOf(metric.metric) }));
  return right({ language: language.right, currency, metrics });
};

/** Every metric (or the one named) with its numbers, what they mean, and the targets set; `lang` is the texts' language. */
export const metrics: Report = async ({ store, workspace, catalogue }, args) => {
  const known = knownArgs(args, ["lang", "metric"]);
  if (isLeft(known)) return known;
  const [lang, metric] = [oneArg(args, "lang"), oneArg(args, "metric")];
  if (isLeft(lang)) return lang;
  if (isLeft(metric)) return metric;
  const planned = await kpiSource(store).planEntries();
  return metricsDocument(catalogue, workspace.currency, planned, { lang: lang.right, metric: metric.right });
};
