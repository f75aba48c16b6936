import type { Formula, Term } from "../formula.ts";
import type { Measure } from "../measure.ts";
import type { Metric, Statistic } from "../metric.ts";
import { measureConditions, placedColumn, summedColumn } from "./partial-sql.ts";

/** A parameterised view that gives one statistic's number: the same as the live one, from the same definition. */
export interface MetricView {
  /** `kpi_win_rate`, `kpi_lead_response_time_p90`. */
  readonly name: string;
  readonly comment: string;
  /**
   * Parameters: `by` (a dimension, or `company`), `at`, and unless it is a level `since` (included) and `until`
   * (excluded); growth also takes the prior's. The caller knows the calendar, the view does not.
   */
  readonly parameters: ReadonlyArray<string>;
  /** What follows `CREATE VIEW name AS`. */
  readonly select: string;
}

const instant = (name: string): string => `{${name}:DateTime64(3, 'UTC')}`;

const conditionOf = (measure: Measure, prior = false): string => {
  const [since, until, at] = prior ? ["prior_since", "prior_until", "prior_at"] : ["since", "until", "at"];
  const placed = placedColumn(measure);
  const inTime = measure.level
    ? [`at < ${instant(at)}`]
    : [`${placed} >= ${instant(since)}`, `${placed} < ${instant(until)}`, `at <= ${instant(at)}`];
  return [...measureConditions(measure), ...inTime].join(" AND ");
};

const taken = (term: Term, prior = false): string =>
  term.measures
    .map((measure) => {
      const value = term.take === "count" ? "count" : summedColumn(measure);
      return `sumIf(${value}, ${conditionOf(measure, prior)})`;
    })
    .join(" + ");

const groupOf = (metric: Metric): string => {
  const cases = metric.dimensions.map((dimension) => `{by:String} = '${dimension}', ${dimension}`);
  return `multiIf({by:String} IN ('', 'company'), '', ${cases.join(", ")}, throwIf(1, 'no such dimension')::String)`;
};

/** Over one row for each fact that any term counts. */
const plain = (
  metric: Metric,
  terms: ReadonlyArray<readonly [Term, boolean]>,
  columns: ReadonlyArray<string>,
): string => {
  const conditions = terms.flatMap(([term, prior]) => term.measures.map((measure) => conditionOf(measure, prior)));
  const kept = conditions.map((condition) => `(${condition})`).join("\n   OR ");
  const select = [`${groupOf(metric)} AS group_value`, ...columns].join(",\n  ");
  return `SELECT ${select}\nFROM leadwire.facts\nWHERE ${kept}\nGROUP BY group_value`;
};

const rank = (percent: number, n: string): string => `intDiv(${percent} * ${n} + 99, 100)`;

const percentileSelect = (metric: Metric, measure: Measure, percent: number): string =>
  `SELECT group_value, sum(n) AS facts,
  arraySort(groupArray((bin_index, n, total))) AS bins,
  arrayFirst((bin, passed) -> passed >= ${rank(percent, "facts")}, bins, arrayCumSum(bins.2)) AS hit,
  hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT ${groupOf(metric)} AS group_value, assumeNotNull(bin) AS bin_index, sum(count) AS n,
    sum(assumeNotNull(duration_ms)) AS total
  FROM leadwire.facts WHERE ${conditionOf(measure)}
  GROUP BY group_value, bin_index
)
GROUP BY group_value`;

const ageSelect = (metric: Metric, measure: Measure, percent: number): string =>
  `SELECT group_value, count() AS facts,
  arraySort(groupArray(toUnixTimestamp64Milli(${instant("at")}) - toUnixTimestamp64Milli(created))) AS ages,
  ages[${rank(percent, "facts")}] / 1000 AS value
FROM (
  SELECT ${groupOf(metric)} AS group_value, lead_id, assumeNotNull(any(cohort_at)) AS created
  FROM leadwire.facts WHERE ${conditionOf(measure)}
  GROUP BY group_value, lead_id HAVING sum(count) > 0
)
GROUP BY group_value`;

const selectOf = (metric: Metric, statistic: Statistic): string => {
  const { formula } = statistic;
  switch (formula._tag) {
    case "Total": {
      const level = formula.of.measures.some((measure) => measure.level);
      const columns = [`${taken({ ...formula.of, take: "count" })} AS facts`, `${taken(formula.of)} AS value`];
      return `${plain(metric, [[formula.of, false]], columns)}${level ? " HAVING facts != 0" : ""}`;
    }
    case "Ratio": {
      const { numerator, denominator } = formula;
      return plain(
        metric,
        [
          [numerator, false],
          [denominator, false],
        ],
        [
          `${taken(numerator)} AS numerator`,
          `${taken(denominator)} AS denominator`,
          "if(denominator = 0, NULL, numerator / denominator) AS value",
        ],
      );
    }
    case "Mean": {
      const facts = `${taken({ measures: [formula.of], take: "count" })} AS facts`;
      const total = `${taken({ measures: [formula.of], take: "sum" })} AS total`;
      const value = `total / (facts * ${statistic.unit === "s" ? 1000 : 1}) AS value`;
      return plain(metric, [[{ measures: [formula.of], take: "sum" }, false]], [facts, total, value]);
    }
    case "Growth":
      return plain(
        metric,
        [
          [formula.of, false],
          [formula.of, true],
        ],
        [
          `${taken(formula.of)} AS current`,
          `${taken(formula.of, true)} AS prior`,
          "if(prior = 0, NULL, (current - prior) / prior) AS value",
        ],
      );
    case "Percentile":
      return percentileSelect(metric, formula.of, formula.percent);
    case "Age":
      return ageSelect(metric, formula.of, formula.percent);
  }
};

const parametersOf = (formula: Formula): ReadonlyArray<string> => {
  const measures = formula._tag === "Total" ? formula.of.measures : formula._tag === "Age" ? [formula.of] : [];
  if (measures.length > 0 && measures.every((measure) => measure.level)) return ["by", "at"];
  const window = ["by", "since", "until", "at"];
  return formula._tag === "Growth" ? [...window, "prior_since", "prior_until", "prior_at"] : window;
};

/** One view for each statistic of a metric, over `leadwire.facts`. Rows: group_value, the parts, value. */
export const metricViews = (metric: Metric): ReadonlyArray<MetricView> =>
  [...metric.statistics].map(([name, statistic]) => ({
    name: `kpi_${metric.id}${name === "" ? "" : `_${name}`}`,
    comment: `${metric.texts.en[1]} (${statistic.unit}, formula version ${metric.version})`,
    parameters: parametersOf(statistic.formula),
    select: selectOf(metric, statistic),
  }));
