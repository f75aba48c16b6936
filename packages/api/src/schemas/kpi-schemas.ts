import { type Catalogue, languages, questionNames } from "@leadwire/kpis";
import {
  flag,
  instant,
  instantOrNull,
  integer,
  listOf,
  mapOf,
  named,
  number,
  numberOrNull,
  object,
  oneOf,
  type Schema,
  said,
  text,
} from "./schema.ts";

const units = [
  ...["leads", "deals", "accounts", "activities", "touches", "units", "money", "money_per_day", "ratio", "x"],
  ...["months", "score", "s"],
];

const flags = [
  ...["small_sample", "no_activity_data", "no_prior", "no_target", "no_forecast"],
  ...["assumed_term", "missing_cost", "amounts_left_out"],
];

const unit = said(
  oneOf(...units),
  "A ratio is a fraction, money in minor units (cents) of `currency`, `s` are seconds.",
);

const edges = object(
  { from: said(instantOrNull, "Included; null where open."), to: said(instantOrNull, "Excluded; null where open.") },
  {},
  { description: "Where the window lies." },
);

const parts = {
  numerator: number,
  denominator: number,
  count: said(number, "How many facts the value rests on."),
};

const compared: Schema = {
  ...object({ value: numberOrNull, window: edges }, parts),
  type: ["object", "null"],
  description: "The same number over the other window; null where there is none (`all`).",
};

const answer = object(
  {
    metric: text,
    group: said(mapOf(text), "Dimension and value; empty: the company."),
    value: said(numberOrNull, "Null where it cannot be told; `flags` and the numerator and denominator say why."),
    unit,
    window: edges,
    formula_version: integer,
    complete_through: said(instantOrNull, "The newest event that the answer knows."),
    flags: said(listOf(oneOf(...flags)), "Cautions."),
  },
  {
    statistic: text,
    currency: said(text, "ISO 4217."),
    ...parts,
    difference_minor: number,
    missing: said(number, "Of forecasts: how many scopes sold something without one."),
    target: said(number, "Of this metric, scope and whole period."),
    attainment: said(numberOrNull, "value / target."),
    better: said(oneOf("lower"), "Where less is better, an attainment above 1 is a miss."),
    expected: said(number, "What the target expects by now, by business days."),
    gap: said(numberOrNull, "target − value."),
    compare: compared,
    change: said(numberOrNull, "value − compare.value."),
    change_ratio: said(numberOrNull, "change / |compare.value|."),
    flag_counts: said(mapOf(number), "How many facts those flags are about that count."),
    as_of: said(instant, "What the log knew then; absent: what it knows now."),
    known_since: said(instantOrNull, "When the log began, where it had not by `as_of`."),
  },
  { description: "One number: a metric of one group over one window." },
);

const listedMetric = object({
  metric: text,
  name: text,
  line: said(text, "What it is, in one line."),
  better: oneOf("higher", "lower"),
  formula_version: integer,
  statistics: listOf(
    object({
      name: said(text, "As a question names it: `lead_response_time.p90`."),
      unit,
      formula: said(text, "In words."),
      dimensions: listOf(text),
      default: said(flag, "What the bare name of the metric gives."),
    }),
  ),
  null_rule: text,
  misleads: text,
  beside: said(listOf(text), "Metrics to read beside it."),
  targets: listOf(object({ metric: text, scope: text, period: text, value: number })),
});

/** Numbers over HTTP, and what they are numbers of. */
export const kpiSchemas = (catalogue: Catalogue): Readonly<Record<string, Schema>> => ({
  MetricName: oneOf(...questionNames(catalogue)),
  KpiAnswer: answer,
  MetricList: object(
    {
      language: oneOf(...languages),
      currency: said(text, "Of the targets' amounts, which are in minor units."),
      metrics: listOf(named("ListedMetric")),
    },
    {},
    { description: "Every metric with its numbers, formulas in words, and targets." },
  ),
  ListedMetric: listedMetric,
});
