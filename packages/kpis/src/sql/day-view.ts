import { multiply, subtract, taken, whole } from "../expression.ts";
import { type Formula, targetsOf } from "../formula.ts";
import { type Measure, toldScale } from "../measure.ts";
import type { CompletedStatistic, Metric } from "../metric.ts";
import { cutColumns, cutsOf, DayRows } from "./day-rows.ts";
import { fractionOver } from "./fraction-view.ts";
import { epochMs, type LocalTime, localTimeOf } from "./local-time.ts";
import { dayColumns } from "./metric-columns.ts";
import type { MetricView } from "./metric-views.ts";
import type { ModelView } from "./model-view.ts";
import { binColumn, measureConditions, placedColumn, summedColumn } from "./partial-sql.ts";
import type { CalendarRules } from "./window-view.ts";

type Fraction = Extract<Formula, { readonly _tag: "Fraction" }>;

const now = "now64(3, 'UTC')";

/** Plans are for months, quarters and years: what is held against one has no number of a day. */
export const isOfDays = (formula: Formula): boolean => formula._tag !== "Forecast" && targetsOf(formula).length === 0;

/** A formula of counts and sums as the fraction that it is; the others have no such form. */
const fractionOf = (formula: Formula): Omit<Fraction, "_tag"> | undefined => {
  switch (formula._tag) {
    case "Fraction":
      return formula;
    case "Total": {
      const [first] = formula.of.measures;
      const scale = formula.of.take === "count" || first === undefined ? 1 : toldScale(first);
      return { numerator: taken(formula.of), denominator: whole(scale), basis: formula.of };
    }
    case "Ratio":
      return { numerator: taken(formula.numerator), denominator: taken(formula.denominator) };
    case "Mean": {
      const [total, count] = (["sum", "count"] as const).map((take) => taken({ measures: [formula.of], take }));
      if (total === undefined || count === undefined) return undefined;
      const denominator = multiply(count, whole(toldScale(formula.of)));
      return { numerator: total, denominator, basis: { measures: [formula.of], take: "count" } };
    }
    case "Growth": {
      const [now, prior] = [taken(formula.of), taken(formula.of, "prior")];
      return { numerator: subtract(now, prior), denominator: prior };
    }
    default:
      return undefined;
  }
};

const rank = (percent: number, n: string): string => `intDiv(${percent} * ${n} + 99, 100)`;

const percentileSelect = (
  { dimensions }: CompletedStatistic,
  measure: Measure,
  percent: number,
  local: LocalTime,
): string =>
  `SELECT day, dimension, group_value, facts, hit.3 / (hit.2 * 1000) AS value
FROM (
  SELECT day, dimension, group_value, sum(n) AS facts,
    arraySort(groupArray((bin_index, n, total))) AS bins,
    arrayFirst((bin, passed) -> passed >= ${rank(percent, "facts")}, bins, arrayCumSum(bins.2)) AS hit
  FROM (
    SELECT ${local.dayOf(placedColumn(measure))} AS day, ${cutColumns}, ${binColumn(measure)} AS bin_index,
      sum(count) AS n, sum(${summedColumn(measure)}) AS total
    FROM leadwire.facts ${cutsOf(dimensions)}
    WHERE ${measureConditions(measure).join(" AND ")} AND at <= ${now}
    GROUP BY day, dimension, group_value, bin_index
  )
  GROUP BY day, dimension, group_value
)`;

/** Each lead on every day at whose end it is open; most are closed on the day that they come. */
const ageSelect = (
  { dimensions }: CompletedStatistic,
  measure: Measure,
  percent: number,
  local: LocalTime,
): string => `SELECT day, dimension, group_value, facts, ages[${rank(percent, "facts")}] / 1000 AS value
FROM (
  SELECT toDate32(open_day) AS day, dimension, group_value, count() AS facts,
    arraySort(groupArray(${epochMs(`least(${local.startOf("addDays(toDate32(open_day), 1)")}, ${now})`)} - created_ms)) AS ages
  FROM (
    SELECT dimension, group_value, day AS from_day, created_ms, sum(c) OVER past AS held,
      leadInFrame(day, 1, addDays(${local.dayOf(now)}, 1)) OVER (PARTITION BY dimension, group_value, lead_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next_day
    FROM (
      SELECT ${cutColumns}, lead_id, ${local.dayOf("at")} AS day, sum(count) AS c, ${epochMs("assumeNotNull(any(cohort_at))")} AS created_ms
      FROM leadwire.facts ${cutsOf(dimensions)}
      WHERE ${measureConditions(measure).join(" AND ")} AND at < ${now}
      GROUP BY dimension, group_value, lead_id, day
    ) WINDOW past AS (PARTITION BY dimension, group_value, lead_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  ) ARRAY JOIN range(toInt32(from_day), toInt32(next_day)) AS open_day WHERE held > 0
  GROUP BY day, dimension, group_value
)`;

const selectOf = (statistic: CompletedStatistic, local: LocalTime): string => {
  const { formula, dimensions } = statistic;
  if (formula._tag === "Percentile") return percentileSelect(statistic, formula.of, formula.percent, local);
  if (formula._tag === "Age") return ageSelect(statistic, formula.of, formula.percent, local);
  const fraction = fractionOf(formula);
  if (fraction === undefined) throw new Error(`${formula._tag} has no number of a day`);
  const rows = new DayRows(local, dimensions);
  return fractionOver(fraction, {
    keys: ["day", "dimension", "group_value"],
    of: (node, leaf) => rows.of(node, leaf),
    ofTerm: (term, leaf, over) => rows.ofTerm(term, leaf, over),
    months: rows.monthsSql(),
  });
};

/**
 * A number by day and group, without parameters: for tools that cannot pass any. Undefined of a number that is held
 * against a plan, since no plan is for a day.
 */
export const metricDayView = (
  metric: Metric,
  statistic: CompletedStatistic,
  view: MetricView,
  { timeZone }: CalendarRules,
): ModelView | undefined => {
  if (!isOfDays(statistic.formula)) return undefined;
  const columns = dayColumns(metric, statistic, fractionOf(statistic.formula));
  return {
    name: `${view.name}_daily`,
    comment: `${view.comment}, by day and group`,
    columns,
    select: `SELECT ${columns.map(({ name }) => name).join(", ")} FROM (\n${selectOf(statistic, localTimeOf(timeZone))}\n)`,
  };
};
