import { instantParam } from "../../sql/instant-param.ts";
import { integerOf } from "../../sql/integer-of.ts";
import type { SqlText } from "../../sql/partial-sql.ts";
import { byColumns, type ReportRow, type ReportScope, whereConditions, whereParams } from "../report-scope.ts";

/** The two instants that a waterfall lies between: a level counts the facts before its instant. */
export interface WaterfallSpan {
  /** -Infinity where the window has no beginning. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The pipeline that is looked at: deals expected to close in a period (`toMs` excluded), or all of them. */
export type Closing = { readonly fromMs: number; readonly toMs: number } | "all";

/** How a deal stood at an instant; a deal that was not open has none. */
export interface DealStand {
  readonly amountMinor: bigint;
  /** Start of the local day it is expected to close on. */
  readonly dueMs: number | null;
}

/** One deal in one group: how it stood there at both ends, and how it left. */
export interface DealPart {
  readonly group: ReadonlyArray<string>;
  /** The filters of the question hold for it. */
  readonly matches: boolean;
  readonly leadId: string;
  readonly dealId: string;
  readonly start: DealStand | undefined;
  readonly end: DealStand | undefined;
  /** It was open here at any time before the window. */
  readonly wasOpen: boolean;
  /** The last time it left within the window, as it stood then. */
  readonly left: (DealStand & { readonly atMs: number }) | undefined;
}

/** A close that still stands, made in the window; or how a stage was left, where a later event took the close back. */
export interface DealClose {
  readonly leadId: string;
  readonly dealId: string;
  readonly outcome: "won" | "lost" | "no_decision";
  /** As the close says; undefined where only the stage tells of it. */
  readonly amountMinor: bigint | undefined;
  /** Where only the stage tells of it: it is the outcome of a deal that left at this very instant. */
  readonly leftAtMs?: number;
}

const instantFields = (from: boolean): string => (from ? `at < ${instantParam("from")}` : "false");
const ms = (column: string): string => `toUnixTimestamp64Milli(assumeNotNull(${column}))`;

/** A level at an instant is the sum of the signed facts before it; expected closes add up as amounts do. */
const standColumns = (before: string): string =>
  [
    `toInt64(sumIf(count, ${before}))`,
    `toInt64(sumIf(amount_minor, ${before}))`,
    `toInt64(sumIf(count, ${before} AND due_at IS NOT NULL))`,
    `toInt64(sumIf(count * ifNull(${ms("due_at")}, 0), ${before} AND due_at IS NOT NULL))`,
  ].join(", ");

/** One row for each deal and group that it was in, where it was open at either end or left between them. */
export const dealPartsSql = ({ by, where, facts }: ReportScope, { fromMs, toMs }: WaterfallSpan): SqlText => {
  const hasStart = Number.isFinite(fromMs);
  const [atStart, atEnd] = [instantFields(hasStart), `at < ${instantParam("to")}`];
  const leaves = `count < 0 AND NOT (${atStart})`;
  const last = (value: string): string => `argMaxIf(${value}, (at, fact_id), ${leaves})`;
  const matches = whereConditions(where).join(" AND ");
  const groups = `${byColumns(by)}matches, lead_id, deal_id`;
  return {
    sql: `SELECT ${groups}, ${standColumns(atStart)}, ${standColumns(atEnd)},
  toInt64(countIf(count > 0 AND ${atStart})), toInt64(countIf(${leaves})),
  toInt64(-${last("amount_minor")}), ${last(`if(due_at IS NULL, NULL, ${ms("due_at")})`)}, toUnixTimestamp64Milli(maxIf(at, ${leaves}))
FROM (SELECT *, ${matches === "" ? "true" : `(${matches})`} AS matches FROM ${facts("deal_pipeline")} WHERE kind = 'deal_pipeline' AND ${atEnd})
GROUP BY ${groups}
HAVING sumIf(count, ${atStart}) != 0 OR sum(count) != 0 OR countIf(${leaves}) > 0`,
    params: {
      ...(hasStart ? { from: fromMs } : {}),
      to: toMs,
      ...whereParams(where),
    },
  };
};

/** Closes of the window: those that stand, and the losses of those that a later event took back. */
export const dealClosesSql = ({ facts }: ReportScope, { fromMs, toMs }: WaterfallSpan): SqlText => {
  const hasStart = Number.isFinite(fromMs);
  const inWindow = `at < ${instantParam("to")}${hasStart ? ` AND at >= ${instantParam("from")}` : ""}`;
  return {
    sql: `SELECT lead_id, deal_id, toString(outcome), amount_minor, toUInt8(1) AS stands, toInt64(0) AS left_ms FROM ${facts("deal_closed")}
WHERE kind = 'deal_closed' AND outcome IN ('won', 'lost', 'no_decision') AND ${inWindow}
UNION ALL
SELECT lead_id, deal_id, toString(argMax(outcome, (at, fact_id))), toInt64(0), toUInt8(0),
  toUnixTimestamp64Milli(max(at)) FROM ${facts("stage_left")}
WHERE kind = 'stage_left' AND outcome IN ('lost', 'no_decision') AND ${inWindow} GROUP BY lead_id, deal_id`,
    params: { ...(hasStart ? { from: fromMs } : {}), to: toMs },
  };
};

const standOf = (row: ReportRow, at: number): DealStand | undefined => {
  if (integerOf(row[at]) === 0n) return undefined;
  return {
    amountMinor: integerOf(row[at + 1]),
    dueMs: integerOf(row[at + 2]) === 0n ? null : Number(integerOf(row[at + 3])),
  };
};

/** Reads a row of `dealPartsSql`. */
export const dealPartOf = (row: ReportRow, { by }: ReportScope): DealPart => {
  const at = by.length;
  const left = at + 12;
  const hasLeft = integerOf(row[left]) > 0n;
  const dueMs = row[left + 2];
  return {
    group: row.slice(0, at).map(String),
    matches: row[at] === true || row[at] === 1,
    leadId: String(row[at + 1]),
    dealId: String(row[at + 2]),
    start: standOf(row, at + 3),
    end: standOf(row, at + 7),
    wasOpen: integerOf(row[at + 11]) > 0n,
    left: hasLeft
      ? {
          amountMinor: integerOf(row[left + 1]),
          dueMs: dueMs === null || dueMs === undefined ? null : Number(integerOf(dueMs)),
          atMs: Number(integerOf(row[left + 3])),
        }
      : undefined,
  };
};

/** Reads the rows of `dealClosesSql`: of each deal the close that stands, else what the stage was left with. */
export const dealClosesOf = (rows: ReadonlyArray<ReportRow>): ReadonlyMap<string, DealClose> => {
  const closes = new Map<string, DealClose>();
  const stands = (row: ReportRow): number => Number(row[4]);
  for (const row of [...rows].sort((a, b) => stands(a) - stands(b))) {
    const [leadId, dealId] = [String(row[0]), String(row[1])];
    const outcome = row[2] === "won" || row[2] === "no_decision" ? row[2] : "lost";
    const told = stands(row) === 1 ? { amountMinor: integerOf(row[3]) } : { leftAtMs: Number(integerOf(row[5])) };
    closes.set(dealKey(leadId, dealId), { leadId, dealId, outcome, amountMinor: undefined, ...told });
  }
  return closes;
};

/** Names a deal: ids of deals are the lead's own. */
export const dealKey = (leadId: string, dealId: string): string => JSON.stringify([leadId, dealId]);
