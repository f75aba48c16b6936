import { noValue } from "@leadwire/funnel";
import type { Formula } from "../formula.ts";
import { quotientColumns } from "./exact-quotient.ts";
import { summedColumn } from "./partial-sql.ts";
import { instant, type ViewParameter, viewConditions } from "./view-time.ts";

const nobody = `'${noValue}'`;

/** Whose target or forecast a row is, asked with `by`: the company's, each rep's or each team's. */
const scopeColumn = "multiIf({by:String} IN ('', 'company'), '', {by:String} = 'owner', owner, team)";
const ofScope = `multiIf({by:String} IN ('', 'company'), owner = ${nobody} AND team = ${nobody}, {by:String} = 'owner', owner != ${nobody}, owner = ${nobody} AND team != ${nobody})`;

/** By time, then source, then event, as `planOrder` of plan-book.ts: a fact's id is `source/event id/kind/ordinal`. */
const planOrder = (kind: "target" | "forecast"): string =>
  `(at, splitByChar('/', fact_id)[1], substring(fact_id, position(fact_id, '/') + 1, length(fact_id) - position(fact_id, '/') - ${`/${kind}/0`.length}))`;

/** The last target of each scope for the period, in 1/1,000,000,000, as rows of a leaf. */
export const scopedTargets = (metric: string, leaf: number): string => {
  const last = `argMax(units, ${planOrder("target")})`;
  return `SELECT ${scopeColumn} AS group_value, ${leaf} AS leaf,
    toInt256(toDecimal256(toString(${last}), 9) * 1000000000) AS n, toInt256(1) AS d
  FROM leadwire.facts WHERE kind = 'target' AND subject = '${metric}' AND period = {period:String} AND ${ofScope}
  GROUP BY group_value`;
};

type Forecast = Extract<Formula, { readonly _tag: "Forecast" }>;

/** What the view of a forecast statistic is asked with. */
export const forecastParameters: ReadonlyArray<ViewParameter> = ["by", "since", "until", "at", "period"];

const levelConditions: Readonly<Record<Forecast["level"], string>> = {
  company: `owner = ${nobody} AND team = ${nobody}`,
  owner: `owner != ${nobody}`,
  team: `owner = ${nobody} AND team != ${nobody}`,
};

/** Forecasts against sales, over the scopes that have a forecast; `missing` sold something without one. */
export const forecastSelect = ({ sales, level, take }: Forecast): string => {
  const scope = level === "company" ? "''" : `toString(${level})`;
  const sold = sales.measures.map(
    (
      measure,
    ) => `SELECT ${scope} AS scope, toInt256(sum(${sales.take === "count" ? "count" : summedColumn(measure)})) AS a,
    toInt256(0) AS f, 0 AS stated FROM leadwire.facts WHERE ${viewConditions(measure)} GROUP BY scope`,
  );
  const forecast = `SELECT ${scope} AS scope, toInt256(0) AS a, toInt256(argMax(amount_minor, ${planOrder("forecast")})) AS f, 1 AS stated
  FROM leadwire.facts
  WHERE kind = 'forecast' AND period = {period:String} AND at < ${instant("since")} AND ${levelConditions[level]}
  GROUP BY scope`;
  const groups = level === "company" ? "" : `{by:String} = '${level}', scope, `;
  const group = `multiIf({by:String} IN ('', 'company'), '', ${groups}throwIf(1, 'no such dimension here: by is ${["company", ...(level === "company" ? [] : [level])].join(", ")}')::String)`;
  const top = take === "accuracy" ? "sumIf(a - abs(f - a), stated = 1)" : "sumIf(f - a, stated = 1)";
  return `SELECT group_value, scopes, missing, toFloat64(value_n) AS numerator, toFloat64(value_d) AS denominator, value FROM (
  SELECT *, ${quotientColumns("value_n", "value_d", "value").join(",\n  ")}
  FROM (
    SELECT ${group} AS group_value, countIf(stated = 1) AS scopes,
      countIf(stated = 0 AND a != 0 AND scope != ${nobody}) AS missing,
      toNullable(${top}) AS value_n, toNullable(sumIf(a, stated = 1)) AS value_d
    FROM (
      SELECT scope, sum(r.a) AS a, sum(r.f) AS f, max(r.stated) AS stated
      FROM (${[...sold, forecast].join(" UNION ALL\n  ")}) AS r GROUP BY scope
    ) GROUP BY group_value
  )
)`;
};
