/**
 * The oracle: every metric, straight from its sentence in the definitions, over plain lists of events. It is slow and
 * shares no code with the engine (only the shapes of events and of the workspace), so the two err independently.
 */
import type { Dimension } from "@leadwire/funnel";
import { type Company, companyOf } from "./company.ts";
import { type Comparison, comparedWindowOf } from "./compared-window.ts";
import type { Counted } from "./counted.ts";
import { byCodeUnits } from "./lead.ts";
import type { OracleInput } from "./log-input.ts";
import type { Measured, Unit } from "./metric.ts";
import { oracleMetrics } from "./metric-table.ts";
import { type OracleWindow, windowOf } from "./window.ts";

/** A dimension as the command line names it; `rep` is the owner. */
export type DimensionName = Dimension | "rep";

export interface OracleQuestion {
  /** With its statistic where it is not the default one: `lead_response_time.p90`. */
  readonly metric: string;
  readonly window: string;
  readonly atMs: number;
  readonly by?: ReadonlyArray<DimensionName>;
  /** Asks for the same number over the window before, or a year ago. */
  readonly compare?: Comparison;
  /** Each of them has to hold. */
  readonly where?: ReadonlyArray<readonly [DimensionName, string]>;
}

/** One element of the answer, as far as it is compared. Money is in minor units, durations in seconds. */
export interface OracleAnswer extends Measured {
  readonly metric: string;
  readonly group: Readonly<Partial<Record<DimensionName, string>>>;
  readonly unit: Unit;
  readonly currency?: string;
}

const dimensionOf = (item: Counted, name: DimensionName): string => item.dimensions[name === "rep" ? "owner" : name];

/** Answers a question about a company: one element per group that anything is counted in, one in all without `by`. */
export const answer = (company: Company, question: OracleQuestion): ReadonlyArray<OracleAnswer> => {
  const window = windowOf(question.window, question.atMs, company.workspace);
  return answerOver(company, question, window);
};

/** The same question over the window that it is compared with; null where there is none. */
export const answerCompared = (company: Company, question: OracleQuestion): ReadonlyArray<OracleAnswer> | null => {
  const { window, atMs, compare = "prior" } = question;
  const other = comparedWindowOf(window, atMs, company.workspace, compare);
  return other === null ? null : answerOver(company, question, other);
};

/** The scope that a target would be set for. */
const scopeOf = ({ by = [], where = [] }: OracleQuestion, values: ReadonlyArray<string>): string | null => {
  if (where.length > 0 || by.length > 1) return null;
  const [name] = by;
  const [value = ""] = values;
  if (name === undefined) return "company";
  if (name === "team") return `team:${value}`;
  return name === "owner" || name === "rep" ? `rep:${value}` : null;
};

/** Of the scopes with a plan, those that are groups: teams or reps, where nothing else is asked for. */
const plannedGroups = (
  { by = [], where = [] }: OracleQuestion,
  scopes: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const [name] = by;
  if (name === undefined || where.length > 0 || by.length !== 1) return [];
  const level = name === "owner" ? "rep:" : `${name}:`;
  return scopes.filter((scope) => scope.startsWith(level)).map((scope) => scope.slice(level.length));
};

const answerOver = (company: Company, question: OracleQuestion, window: OracleWindow): ReadonlyArray<OracleAnswer> => {
  const metric = oracleMetrics[question.metric];
  if (metric === undefined) throw new Error(`the oracle has no metric ${question.metric}`);
  const holds = (item: Counted) => (question.where ?? []).every(([name, value]) => dimensionOf(item, name) === value);
  const lists = Object.entries(metric.lists(company, window)).map(
    ([name, list]) => [name, list.filter(holds)] as const,
  );
  const by = question.by ?? [];
  const groupOf = (item: Counted) => JSON.stringify(by.map((name) => dimensionOf(item, name)));
  const counted = lists.flatMap(([, list]) => list.map(groupOf));
  const planned = plannedGroups(question, metric.scopes?.(company, window) ?? []).map((name) => JSON.stringify([name]));
  const groups = by.length === 0 ? ["[]"] : [...new Set([...counted, ...planned])];
  return groups
    .map((group) => {
      const values: ReadonlyArray<string> = JSON.parse(group);
      const measured = metric.formula(
        Object.fromEntries(lists.map(([name, list]) => [name, list.filter((item) => groupOf(item) === group)])),
        { company, window, scope: scopeOf(question, values) },
      );
      return {
        metric: question.metric,
        group: Object.fromEntries(by.map((name, i) => [name, values[i] ?? ""])),
        unit: metric.unit,
        ...measured,
        ...(metric.needsActivity && !company.hasActivity ? { value: null } : {}),
        ...(metric.unit === "money" ? { currency: company.workspace.currency } : {}),
      };
    })
    .toSorted((a, b) => compareGroups(by, a.group, b.group));
};

const compareGroups = (
  by: ReadonlyArray<DimensionName>,
  a: OracleAnswer["group"],
  b: OracleAnswer["group"],
): number => {
  for (const name of by) {
    const order = byCodeUnits(a[name] ?? "", b[name] ?? "");
    if (order !== 0) return order;
  }
  return 0;
};

/** Reads the log and answers one question; use `companyOf` and `answer` where many are asked of one log. */
export const evaluate = (input: OracleInput, question: OracleQuestion): ReadonlyArray<OracleAnswer> =>
  answer(companyOf(input), question);

/** The instant that `--at latest` stands for. */
export const latestMs = (company: Company): number =>
  company.events.reduce((latest, event) => Math.max(latest, event.occurred_at), 0) + 1;
