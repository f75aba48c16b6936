import type { Dimension, ZoneCalendar } from "@leadwire/funnel";
import type { KpiPlan } from "../evaluate/plan.ts";
import { targetsOf } from "../formula.ts";
import type { PlacedPeriod } from "../window/window.ts";
import { type MetricView, metricViews, type ViewParameter } from "./metric-views.ts";
import { textLiteral, timestampText } from "./sql-literal.ts";
import { groupColumn } from "./view-time.ts";

/** Before and after all facts: what an open window is asked with. */
const [earliest, latest] = [Date.UTC(1950, 0, 1), Date.UTC(2200, 0, 1)];

type Condition = readonly [dimension: Dimension, value: string];
type Values = Readonly<Record<ViewParameter, string | number>>;

const monthsOf = { year: 12, quarter: 3, month: 1, week: 0, day: 0 } as const;
const wholeMonths = (period: PlacedPeriod | null): number => (period === null ? 0 : monthsOf[period.unit]);

/** What the views are asked with: window, calendar and period as the plan has placed them. */
const valuesOf = (
  plan: KpiPlan,
  { parameters }: MetricView,
  calendar: ZoneCalendar,
  by: Dimension | "company",
): Values => {
  const { fromMs, toMs, atMs, levelMs, prior, period } = plan.window;
  const isAge = plan.question.statistic.formula._tag === "Age";
  // A view of levels alone is asked with the instant that they are read at; ages are those at the window's end.
  const readMs = parameters.includes("until") ? atMs : isAge ? levelMs : Math.min(levelMs, atMs + 1);
  const share = plan.elapsed();
  return {
    by,
    since: timestampText(fromMs ?? earliest),
    until: timestampText(toMs ?? latest),
    at: timestampText(readMs),
    // Growth over a window that has nothing before it has no answer: an empty stretch gives none either.
    prior_since: timestampText(prior?.fromMs ?? earliest),
    prior_until: timestampText(prior?.toMs ?? earliest),
    prior_at: timestampText(prior?.atMs ?? atMs),
    today: timestampText(calendar.dayStartOf(levelMs)),
    period: period?.text ?? "",
    months: wholeMonths(period),
    days_begun: share === null ? 0 : Number(share.n),
    days_all: share === null ? 0 : Number(share.d),
  };
};

const literalOf = (value: string | number): string => (typeof value === "number" ? `${value}` : textLiteral(value));

const ofView = ({ name, parameters }: MetricView, values: Values, group: string): string => {
  const asked = parameters.map((parameter) => `${parameter} = ${literalOf(values[parameter])}`);
  return `SELECT *\nFROM leadwire.${name}(\n  ${asked.join(",\n  ")}\n)\nWHERE group_value = ${textLiteral(group)}`;
};

/** Whether the window lacks what the view divides by: a length in months, or a period with business days. */
const isOutsideOf = ({ parameters }: MetricView, plan: KpiPlan): boolean =>
  (parameters.includes("months") && (plan.window.fromMs === null || plan.window.toMs === null)) ||
  (parameters.includes("days_all") && plan.elapsed() === null);

const noAnswer = "SELECT NULL AS value -- this window has no length in months, or is no period with business days";

/** What views refuse a wrong dimension with: people may not ask for it, and here there is none. */
const refusal = /throwIf\(1, '[^']*'\)::String/gu;

/** A view's own statement over fewer facts, its parameters written out. */
const ofFilteredFacts = (
  { select }: MetricView,
  dimensions: ReadonlyArray<Dimension>,
  values: Values,
  conditions: ReadonlyArray<Condition>,
): string => {
  const kept = conditions.map(([dimension, value]) => `${dimension} = ${textLiteral(value)}`).join(" AND ");
  return select
    .replaceAll("leadwire.facts", "chosen_facts")
    .replaceAll(groupColumn(dimensions), "''")
    .replace(refusal, "''")
    .replace(/\{(\w+):(\w+(?:\([^)]*\))?)\}/gu, (_, name: ViewParameter, type: string) => {
      const literal = literalOf(values[name]);
      if (type === "String") return literal;
      return type.startsWith("DateTime64") ? `toDateTime64(${literal}, 3, 'UTC')` : `to${type}(${literal})`;
    })
    .replaceAll("chosen_facts", () => `(SELECT * FROM leadwire.facts WHERE ${kept})`);
};

/**
 * The statement that gives a planned question's number, for people to read and run: the metric's view with its parameters
 * filled in, or over several conditions the view's own statement over the facts that meet them. `group`: the values of
 * the question's dimensions. Its column `value` is the number; no row, where nothing lies in the window.
 */
export const answerSql = (plan: KpiPlan, group: ReadonlyArray<string>, calendar: ZoneCalendar): string => {
  const { metric, statisticName, statistic, by, where } = plan.question;
  const view = metricViews(metric).find((known) => known.statistic === statisticName);
  if (view === undefined) throw new Error(`${metric.id} has no view for "${statisticName}"`);
  if (isOutsideOf(view, plan)) return noAnswer;
  const ofGroup = by.map(({ dimension }, index): Condition => [dimension, group[index] ?? ""]);
  const conditions = [...ofGroup, ...where];
  const [only] = conditions;
  if (only === undefined) return ofView(view, valuesOf(plan, view, calendar, "company"), "");
  // Filtered, a number is held against no target: grouped, it would be.
  const isPlanned = statistic.formula._tag === "Forecast" || targetsOf(statistic.formula).length > 0;
  if (conditions.length === 1 && (where.length === 0 || !isPlanned))
    return ofView(view, valuesOf(plan, view, calendar, only[0]), only[1]);
  return ofFilteredFacts(view, statistic.dimensions, valuesOf(plan, view, calendar, "company"), conditions);
};
