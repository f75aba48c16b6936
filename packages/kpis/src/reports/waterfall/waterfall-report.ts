import { instantParam } from "../../sql/instant-param.ts";
import { integerOf } from "../../sql/integer-of.ts";
import type { SqlText } from "../../sql/partial-sql.ts";
import {
  byColumns,
  groupOf,
  inGroups,
  type ReportRow,
  type ReportScope,
  whereConditions,
  whereParams,
} from "../report-scope.ts";
import { type DealFlow, dealFlows } from "./deal-flow.ts";
import { type PipelineLevel, type Waterfall, waterfallOf } from "./waterfall.ts";
import { type Closing, dealClosesOf, dealPartOf, type WaterfallSpan } from "./waterfall-query.ts";

/** The open pipeline at both ends by group, straight from the signed facts: what the deals are held against. */
export const pipelineLevelsSql = (scope: ReportScope, { fromMs, toMs }: WaterfallSpan, closing: Closing): SqlText => {
  const hasStart = Number.isFinite(fromMs);
  const atStart = hasStart ? `at < ${instantParam("from")}` : "false";
  const by = byColumns(scope.by);
  const conditions = [
    "kind = 'deal_pipeline'",
    `at < ${instantParam("to")}`,
    ...(closing === "all"
      ? []
      : [`due_at >= ${instantParam("closing_from")}`, `due_at < ${instantParam("closing_to")}`]),
    ...whereConditions(scope.where),
  ];
  const grouped = by === "" ? "" : `\nGROUP BY ${by.slice(0, -2)}`;
  return {
    sql: `SELECT ${by}toInt64(sumIf(amount_minor, ${atStart})), toInt64(sumIf(count, ${atStart})),
  toInt64(sum(amount_minor)), toInt64(sum(count))
FROM ${scope.facts("deal_pipeline")}\nWHERE ${conditions.join("\n  AND ")}${grouped}`,
    params: {
      ...(hasStart ? { from: fromMs } : {}),
      to: toMs,
      ...(closing === "all" ? {} : { closing_from: closing.fromMs, closing_to: closing.toMs }),
      ...whereParams(scope.where),
    },
  };
};

/** What the three queries answered: `dealPartsSql`, `dealClosesSql`, `pipelineLevelsSql`. */
export interface WaterfallRows {
  readonly parts: ReadonlyArray<ReportRow>;
  readonly closes: ReadonlyArray<ReportRow>;
  readonly levels: ReadonlyArray<ReportRow>;
}

/** A waterfall for each group, and every deal that is in any of them. */
export interface WaterfallReport {
  readonly waterfalls: ReadonlyArray<Waterfall>;
  /** The largest movements first. */
  readonly deals: ReadonlyArray<DealFlow>;
}

const levelOf = (row: ReportRow | undefined, at: number): PipelineLevel => ({
  amountMinor: row === undefined ? 0n : integerOf(row[at]),
  deals: row === undefined ? 0 : Number(integerOf(row[at + 1])),
});

/** A deal that came or went without an amount is before one to which nothing happened. */
const movedOf = ({ steps }: DealFlow): number =>
  Math.max(-1, ...Object.values(steps).map((amount) => Math.abs(amount)));

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byMoved = (a: DealFlow, b: DealFlow): number =>
  movedOf(b) - movedOf(a) ||
  Math.abs(b.start_minor) - Math.abs(a.start_minor) ||
  textOrder(a.lead_id, b.lead_id) ||
  textOrder(a.deal_id, b.deal_id);

/** The waterfall of each group, and the deals behind it. */
export const waterfallReport = (scope: ReportScope, rows: WaterfallRows, closing: Closing): WaterfallReport => {
  const at = scope.by.length;
  const parts = rows.parts.map((row) => dealPartOf(row, scope));
  const flows = dealFlows(parts, dealClosesOf(rows.closes), closing);
  const keyOf = (values: ReadonlyArray<unknown>): string => JSON.stringify(values.slice(0, at).map(String));
  const levels = new Map(rows.levels.map((row) => [keyOf(row), row]));
  const flowsOf = Map.groupBy(flows, ({ group }) => keyOf(group));
  const values = [...rows.levels.filter((row) => !isEmpty(row, at)), ...flows.map(({ group }) => group)];
  const waterfalls = inGroups(values, scope.by).map(([group]) => {
    const row = levels.get(keyOf(group));
    const ends = { start: levelOf(row, at), end: levelOf(row, at + 2) };
    return waterfallOf(groupOf(scope.by, group), flowsOf.get(keyOf(group)) ?? [], ends);
  });
  return { waterfalls, deals: [...flows].sort(byMoved) };
};

/** A level that everything has left again is no group any more. */
const isEmpty = (row: ReportRow, at: number): boolean => row.slice(at).every((value) => integerOf(value) === 0n);
