import type { Formula } from "../formula.ts";
import type { Measure } from "../measure.ts";
import type { MetricView, ViewParameter } from "../sql/metric-views.ts";
import { measureConditions, placedColumn, summedColumn } from "../sql/partial-sql.ts";
import type { Term } from "../term.ts";
import { mergedTerm } from "./merged-term.ts";

const march = ["2026-03-01", "2026-04-01"] as const;
const february = ["2026-02-01", "2026-03-01"] as const;
type Month = readonly [from: string, to: string];

const timeConditions = (measure: Measure, [from, to]: Month): ReadonlyArray<string> => {
  const placed = placedColumn(measure);
  if (measure.level) return [`at < '${to} 00:00:00'`];
  return [`${placed} >= '${from} 00:00:00'`, `${placed} < '${to} 00:00:00'`];
};

const conditionsOf = (measure: Measure, month: Month): ReadonlyArray<string> => [
  ...measureConditions(measure),
  ...timeConditions(measure, month),
];

const value = (measure: Measure, take: Term["take"]): string => (take === "count" ? "count" : summedColumn(measure));

/** Without a month the time stands in WHERE, for all terms at once. */
const sumOf = (term: Term, month?: Month): string =>
  mergedTerm(term)
    .measures.map((measure) => {
      const conditions = month === undefined ? measureConditions(measure) : conditionsOf(measure, month);
      return `sumIf(${value(measure, term.take)}, ${conditions.join(" AND ")})`;
    })
    .join("\n    + ");

/** The time of a ratio's facts where all are placed alike, else undefined. */
const commonTime = (terms: ReadonlyArray<Term>): string | undefined => {
  const times = terms.flatMap((term) => term.measures.map((one) => timeConditions(one, march).join("\n  AND ")));
  return times.every((time) => time === times[0]) ? times[0] : undefined;
};

const whole = (select: string, measure: Measure): string =>
  `SELECT ${select}\nFROM leadwire.facts\nWHERE ${conditionsOf(measure, march).join("\n  AND ")}`;

const parts = (...columns: ReadonlyArray<string>): string => `SELECT\n  ${columns.join(",\n  ")}\nFROM leadwire.facts`;

const parameterValues: Readonly<Record<ViewParameter, string>> = {
  by: "'company'",
  since: "'2026-03-01'",
  until: "'2026-04-01'",
  at: "'2026-04-01'",
  prior_since: "'2026-02-01'",
  prior_until: "'2026-03-01'",
  prior_at: "'2026-04-01'",
  today: "'2026-04-01'",
  period: "'2026-03'",
  months: "1",
  days_begun: "22",
  days_all: "22",
};

/** A view asked for March 2026. */
export const viewExample = ({ name, parameters }: MetricView): string =>
  `SELECT *\nFROM leadwire.${name}(\n  ${parameters.map((one) => `${one} = ${parameterValues[one]}`).join(",\n  ")}\n)`;

/**
 * A query that gives the company's number for March 2026 (in UTC), for a reader to start from; undefined where only the
 * metric's view is short enough to read.
 */
export const exampleSql = (formula: Formula): string | undefined => {
  switch (formula._tag) {
    case "Total": {
      const [measure] = formula.of.measures;
      if (measure === undefined || formula.of.measures.length > 1) return parts(`${sumOf(formula.of, march)} AS value`);
      return whole(`sum(${value(measure, formula.of.take)}) AS value`, measure);
    }
    case "Ratio": {
      const time = commonTime([formula.numerator, formula.denominator]);
      const month = time === undefined ? march : undefined;
      const select = parts(
        `${sumOf(formula.numerator, month)} AS numerator`,
        `${sumOf(formula.denominator, month)} AS denominator`,
        "if(denominator = 0, NULL, numerator / denominator) AS value",
      );
      return time === undefined ? select : `${select}\nWHERE ${time}`;
    }
    case "Growth":
      return parts(
        `${sumOf(formula.of, march)} AS current`,
        `${sumOf(formula.of, february)} AS prior`,
        "if(prior = 0, NULL, (current - prior) / prior) AS value",
      );
    case "Mean":
      return whole(`sum(${summedColumn(formula.of)}) / (1000 * count()) AS value`, formula.of);
    case "Percentile":
      return whole(
        `quantileExactLowOrNull(${formula.percent / 100})(${summedColumn(formula.of)}) / 1000 AS value`,
        formula.of,
      );
    case "Age": {
      const open = `SELECT lead_id, any(cohort_at) AS created\n  FROM leadwire.facts\n  WHERE ${conditionsOf(formula.of, march).join("\n    AND ")}\n  GROUP BY lead_id\n  HAVING sum(count) > 0`;
      const ages = "date_diff('millisecond', created, toDateTime64('2026-04-01', 3, 'UTC'))";
      return `SELECT quantileExactLowOrNull(${formula.percent / 100})(${ages}) / 1000 AS value\nFROM (\n  ${open}\n)`;
    }
    case "Fraction":
    case "Forecast":
      return undefined;
  }
};
