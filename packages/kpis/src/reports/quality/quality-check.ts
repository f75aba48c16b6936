import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { instantParam } from "../../sql/instant-param.ts";
import type { SqlText } from "../../sql/partial-sql.ts";
import type { PlacedWindow } from "../../window/window.ts";

/**
 * What is looked for, once: the share, the trend and the list behind it are all made from `items`.
 *
 * `items` is a SELECT with one row for each thing looked at: `id`, `lead_id`, `owner`, `at` (UTC), `bad` (whether it is
 * found fault with) and `detail`, over `leadwire.facts` and `leadwire.events`. It reads the parameters of `QualitySpan`, and
 * `today` (the start of the local day of `level`), `zone`, `pipelines` and `stages` (as `pipeline/stage`).
 */
export interface QualityCheck {
  readonly id: string;
  /** One line in plain words. */
  readonly means: string;
  /** What the share is of. */
  readonly of: string;
  /** What to do about what is found. */
  readonly fix: string;
  readonly items: string;
}

/** Parameters of a check: epoch milliseconds, with `level` the instant at which levels are read. */
export interface QualitySpan {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly level: number;
}

/** Before and after every instant that an event may have. */
const firstMs = Date.UTC(1900, 0, 1);
const lastMs = Date.UTC(2300, 0, 1);

/** The span of a window; an open side is as far as any event may lie. */
export const qualitySpan = ({ fromMs, toMs, atMs, levelMs }: PlacedWindow): QualitySpan => ({
  from: fromMs ?? firstMs,
  to: toMs ?? lastMs,
  at: atMs,
  level: levelMs,
});

/** The span of the window before; undefined where nothing lies before (`all`). */
export const priorQualitySpan = ({ prior }: PlacedWindow): QualitySpan | undefined => {
  if (prior === null) return undefined;
  const to = prior.toMs ?? lastMs;
  return { from: prior.fromMs ?? firstMs, to, at: prior.atMs, level: Math.min(to, prior.atMs) };
};

/** Whether an instant lies in the window, seen at `--at`. */
export const inSpan = (column: string): string =>
  `${column} >= ${instantParam("from")} AND ${column} < ${instantParam("to")} AND ${column} <= ${instantParam("at")}`;

/** Whether an instant lies before the one that levels are read at. */
export const beforeLevel = (column: string): string => `${column} < ${instantParam("level")}`;

const paramsOf = (
  { from, to, at, level }: QualitySpan,
  { timeZone, pipelines }: Workspace,
  calendar: ZoneCalendar,
): SqlText["params"] => ({
  from,
  to,
  at,
  level,
  today: calendar.dayStartOf(level),
  zone: timeZone,
  pipelines: pipelines.map(({ id }) => id),
  stages: pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => `${pipeline.id}/${stage.id}`)),
});

/** Rows: the check's id, how many are found fault with, of how many. */
export const qualityCountsSql = (
  checks: ReadonlyArray<QualityCheck>,
  span: QualitySpan,
  workspace: Workspace,
  calendar: ZoneCalendar,
): SqlText => ({
  sql: checks
    .map(({ id, items }) => `SELECT '${id}', toInt64(countIf(bad)), toInt64(count()) FROM (${items})`)
    .join("\nUNION ALL\n"),
  params: paramsOf(span, workspace, calendar),
});

/** What a check finds fault with, the newest first: id, lead, owner, epoch milliseconds, detail. */
export const qualityListSql = (
  { items }: QualityCheck,
  span: QualitySpan,
  workspace: Workspace,
  calendar: ZoneCalendar,
  limit: number,
): SqlText => ({
  sql: `SELECT id, lead_id, owner, toUnixTimestamp64Milli(at) AS at_ms, detail
FROM (${items}) WHERE bad ORDER BY at_ms DESC, id, lead_id LIMIT {limit:UInt32}`,
  params: { ...paramsOf(span, workspace, calendar), limit },
});
