import { factKinds } from "@leadwire/funnel";
import { type Formula, measuresOf, targetsOf } from "../formula.ts";
import type { CompletedStatistic, Metric } from "../metric.ts";
import { type LocalTime, localTimeOf } from "./local-time.ts";
import { windowColumns } from "./metric-columns.ts";
import type { MetricView } from "./metric-views.ts";
import type { ModelView } from "./model-view.ts";
import { instant } from "./view-time.ts";
import { type CalendarRules, instantOfText, type PlacedName, placedNames, placedSelect } from "./window-view.ts";

/** The kinds of facts that a formula is answered from. */
const kindsOf = (formula: Formula): ReadonlyArray<string> => {
  const measured = measuresOf(formula).map(({ kind }) => kind);
  const planned = [
    ...(targetsOf(formula).length > 0 ? (["target"] as const) : []),
    ...(formula._tag === "Forecast" ? (["forecast"] as const) : []),
  ];
  const kinds = new Set<string>([...measured, ...planned]);
  return factKinds.filter((kind) => kinds.has(kind));
};

const asOf = "{as_of:String}";
/** Before the log began: a day of a branch that is not asked. */
const never = "'1970-01-01'";

/** Facts of some kinds: today's, or those that the log knew at `as_of`. Of the two branches only one is read. */
const factsThen = (kinds: ReadonlyArray<string>, local: LocalTime): string => {
  const asOfInstant = instantOfText(`if(${asOf} = '', ${never}, ${asOf})`, local);
  const quoted = kinds.map((kind) => `'${kind}'`).join(", ");
  const then = kinds.map(
    (kind) =>
      `SELECT * FROM leadwire.facts_of_kind_as_of(kind = '${kind}', as_of = ${asOfInstant}) WHERE ${asOf} != ''`,
  );
  const today = `SELECT * FROM leadwire.facts WHERE ${asOf} = '' AND kind IN (${quoted})`;
  return [today, ...then].join("\n  UNION ALL\n  ");
};

const ofOneKind = /FROM leadwire\.facts\s+WHERE kind = '(\w+)'/gu;

/**
 * Over the facts of then, each part of the statement over the kinds that it reads alone: ClickHouse plans every mention
 * of a view anew, and planning is most of what these statements cost.
 */
const overFactsThen = (select: string, kinds: ReadonlyArray<string>, local: LocalTime): readonly [string, string] => {
  const named = new Map<string, string>();
  const over = select
    .replace(ofOneKind, (_, kind: string) => {
      named.set(`${kind}_then`, factsThen([kind], local));
      return `FROM ${kind}_then WHERE kind = '${kind}'`;
    })
    .replaceAll("leadwire.facts", () => {
      named.set("facts_then", factsThen(kinds, local));
      return "facts_then";
    });
  return [over, [...named].map(([name, facts]) => `, ${name} AS (\n  ${facts}\n)`).join("")];
};

/** What follows the colon of a parameter. */
const parameter = /\{(\w+):(\w+(?:\([^)]*\))?)\}/gu;

/**
 * A metric's own statement with its instants taken from the placed window. Levels are read before the window's own
 * instant, which of a rolling window lies beyond `at`; nothing after `at` counts in any case.
 */
const overWindow = (select: string, { parameters }: MetricView, placed: (name: PlacedName) => string): string => {
  const level = parameters.includes("until") ? `least(${instant("until")}, ${instant("at")})` : instant("at");
  const before = `least(${placed("level")}, ${placed("at")} + toIntervalMillisecond(1))`;
  return select
    .replaceAll(`${level} - INTERVAL 365 DAY`, `${placed("level")} - INTERVAL 365 DAY`)
    .replaceAll(`toUnixTimestamp64Milli(${level})`, `toUnixTimestamp64Milli(${placed("level")})`)
    .replaceAll(`at < ${level}`, `at < ${before}`)
    .replaceAll(`< ${level}`, `< ${placed("level")}`)
    .replace(parameter, (text, name: string) => {
      const found = placedNames.find((known) => known === name);
      return found === undefined ? text : placed(found);
    });
};

/**
 * A number's view by the words of the command line: `kpi_win_rate_window(window = 'month', by = 'owner', …)`. Without the
 * lists that a percentile is found in: nobody reads them, and they fill a screen.
 */
export const metricWindowView = (
  metric: Metric,
  statistic: CompletedStatistic,
  view: MetricView,
  rules: CalendarRules,
): ModelView => {
  const [select, facts] = overFactsThen(view.select, kindsOf(statistic.formula), localTimeOf(rules.timeZone));
  const asked: ReadonlyArray<string> = ["at", "level", ...view.parameters];
  const names = placedNames.filter((name) => asked.includes(name));
  const seenAt = `if({at:String} = '' AND ${asOf} != '', ${asOf}, {at:String})`;
  return {
    name: `${view.name}_window`,
    comment: `${view.comment}, over a window in the words of the command line`,
    call: `${view.name}_window(window = 'month', by = '', at = '', as_of = '')`,
    columns: windowColumns(metric, statistic),
    select: `WITH (
  SELECT (${names.join(", ")}) FROM (
  ${placedSelect(rules, names, seenAt)}
  )
) AS placed${facts}
SELECT * EXCEPT (bins, hit, ages) FROM (
${overWindow(select, view, (name) => `placed.${names.indexOf(name) + 1}`)}
)`,
  };
};
