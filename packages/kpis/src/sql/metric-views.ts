import type { Formula } from "../formula.ts";
import { type Measure, toldScale } from "../measure.ts";
import type { CompletedStatistic, Metric } from "../metric.ts";
import type { Term } from "../term.ts";
import { quotientColumns } from "./exact-quotient.ts";
import { fractionParameters, fractionSelect } from "./fraction-view.ts";
import { binColumn, summedColumn } from "./partial-sql.ts";
import { forecastParameters, forecastSelect } from "./plan-view.ts";
import { groupColumn, instant, type ViewParameter, viewConditions } from "./view-time.ts";

export type { ViewParameter } from "./view-time.ts";

/** A parameterised view that gives one statistic's number: the same as the live one, from the same definition. */
export interface MetricView {
  /** `kpi_win_rate`, `kpi_lead_response_time_p90`. */
  readonly name: string;
  /** The statistic's name; empty for the only number of a metric. */
  readonly statistic: string;
  readonly comment: string;
  /** What the view is asked with, all of it. The caller knows the calendar, the view does not. */
  readonly parameters: ReadonlyArray<ViewParameter>;
  /** What follows `CREATE VIEW name AS`. */
  readonly select: string;
}

const conditionOf = (measure: Measure, prior = false): string => viewConditions(measure, prior ? "prior" : "window");

const taken = (term: Term, prior = false): string =>
  term.measures
    .map((measure) => {
      const value = term.take === "count" ? "count" : summedColumn(measure);
      return `sumIf(${value}, ${conditionOf(measure, prior)})`;
    })
    .join(" + ");

/** Over one row for each fact that any term counts. */
const plain = (
  { dimensions }: CompletedStatistic,
  terms: ReadonlyArray<readonly [Term, boolean]>,
  columns: ReadonlyArray<string>,
): string => {
  const conditions = terms.flatMap(([term, prior]) => term.measures.map((measure) => conditionOf(measure, prior)));
  const kept = conditions.map((condition) => `(${condition})`).join("\n   OR ");
  const select = [`${groupColumn(dimensions)} AS group_value`, ...columns].join(",\n  ");
  return `SELECT ${select}\nFROM leadwire.facts\nWHERE ${kept}\nGROUP BY group_value`;
};

/** Over a query with the Int64 columns `top` and `bottom`: those kept of it, and the exact quotient of the two. */
const divided = (select: string, kept: ReadonlyArray<string>, top: string, bottom: string): string =>
  `SELECT ${[...kept, "value"].join(", ")} FROM (
SELECT *, ${quotientColumns(`toInt256(${top})`, `toInt256(${bottom})`, "value").join(",\n  ")}
FROM (
${select}
))`;

const rank = (percent: number, n: string): string => `intDiv(${percent} * ${n} + 99, 100)`;

const percentileSelect = ({ dimensions }: CompletedStatistic, measure: Measure, percent: number): string =>
  `SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= ${rank(percent, "facts")}, bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT ${groupColumn(dimensions)} AS group_value, ${binColumn(measure)} AS bin_index, sum(count) AS n,
    sum(${summedColumn(measure)}) AS total
  FROM leadwire.facts WHERE ${conditionOf(measure)}
  GROUP BY group_value, bin_index
)
GROUP BY group_value`;

const ageSelect = ({ dimensions }: CompletedStatistic, measure: Measure, percent: number): string =>
  `SELECT group_value, count() AS facts,
  arraySort(groupArray(toUnixTimestamp64Milli(${instant("at")}) - toUnixTimestamp64Milli(created))) AS ages,
  ages[${rank(percent, "facts")}] / 1000 AS value
FROM (
  SELECT ${groupColumn(dimensions)} AS group_value, lead_id, assumeNotNull(any(cohort_at)) AS created
  FROM leadwire.facts WHERE ${conditionOf(measure)}
  GROUP BY group_value, lead_id HAVING sum(count) > 0
)
GROUP BY group_value`;

const selectOf = (statistic: CompletedStatistic): string => {
  const { formula } = statistic;
  switch (formula._tag) {
    case "Total": {
      const level = formula.of.measures.some((measure) => measure.level);
      const [first] = formula.of.measures;
      const scale = formula.of.take === "count" || first === undefined ? 1 : toldScale(first);
      const value = scale === 1 ? taken(formula.of) : `(${taken(formula.of)}) / ${scale}`;
      const columns = [`${taken({ ...formula.of, take: "count" })} AS facts`, `${value} AS value`];
      return `${plain(statistic, [[formula.of, false]], columns)}${level ? " HAVING facts != 0" : ""}`;
    }
    case "Ratio": {
      const { numerator, denominator } = formula;
      const columns = [`${taken(numerator)} AS numerator`, `${taken(denominator)} AS denominator`];
      const terms = [numerator, denominator].map((term) => [term, false] as const);
      const kept = ["group_value", "numerator", "denominator"];
      return divided(plain(statistic, terms, columns), kept, "numerator", "denominator");
    }
    case "Mean": {
      const term: Term = { measures: [formula.of], take: "sum" };
      const columns = [`${taken({ ...term, take: "count" })} AS facts`, `${taken(term)} AS total`];
      const facts = `facts * ${toldScale(formula.of)}`;
      return divided(plain(statistic, [[term, false]], columns), ["group_value", "facts", "total"], "total", facts);
    }
    case "Growth": {
      const terms = [false, true].map((prior) => [formula.of, prior] as const);
      const columns = [`${taken(formula.of)} AS current`, `${taken(formula.of, true)} AS prior`];
      return divided(plain(statistic, terms, columns), ["group_value", "current", "prior"], "current - prior", "prior");
    }
    case "Percentile":
      return percentileSelect(statistic, formula.of, formula.percent);
    case "Age":
      return ageSelect(statistic, formula.of, formula.percent);
    case "Fraction":
      return fractionSelect(statistic, formula);
    case "Forecast":
      return forecastSelect(formula);
  }
};

const parametersOf = (formula: Formula): ReadonlyArray<ViewParameter> => {
  if (formula._tag === "Fraction") return fractionParameters(formula);
  if (formula._tag === "Forecast") return forecastParameters;
  const measures = formula._tag === "Total" ? formula.of.measures : formula._tag === "Age" ? [formula.of] : [];
  if (measures.length > 0 && measures.every((measure) => measure.level)) return ["by", "at"];
  const window = ["by", "since", "until", "at"] as const;
  return formula._tag === "Growth" ? [...window, "prior_since", "prior_until", "prior_at"] : window;
};

/** One view for each statistic of a metric, over `leadwire.facts`. Rows: group_value, the parts, value. */
export const metricViews = (metric: Metric): ReadonlyArray<MetricView> =>
  [...metric.statistics].map(([name, statistic]) => ({
    name: `kpi_${metric.id}${name === "" ? "" : `_${name}`}`,
    statistic: name,
    comment: `${metric.texts.en[1]} (${statistic.unit}, formula version ${metric.version})`,
    parameters: parametersOf(statistic.formula),
    select: selectOf(statistic),
  }));
