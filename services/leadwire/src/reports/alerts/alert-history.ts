import { parseAt } from "@leadwire/kpis";
import { isLeft, right } from "fp-ts/lib/Either.js";
import type { Report } from "../report.ts";
import { countArg, knownArgs, oneArg } from "../report-args.ts";
import { reportRows } from "../report-rows.ts";
import { type AlertLine, alertLine, alertLineColumns } from "./alert-line.ts";

export interface AlertHistoryDocument {
  readonly currency: string;
  /** The newest first. */
  readonly transitions: ReadonlyArray<AlertLine>;
  /** There are more than were asked for. */
  readonly cut: boolean;
}

const shown = 50;
const shownMax = 100_000;

/** What became of alerts: every transition, by `rule`, from `from` (included) to `to` (excluded), `limit` of them. */
export const alertHistory: Report = async ({ store, workspace, calendar, nowMs, newestMs }, args) => {
  const known = knownArgs(args, ["rule", "from", "to", "limit"]);
  if (isLeft(known)) return known;
  const rule = oneArg(args, "rule");
  if (isLeft(rule)) return rule;
  const from = oneArg(args, "from");
  if (isLeft(from)) return from;
  const to = oneArg(args, "to");
  if (isLeft(to)) return to;
  const fromMs = from.right === undefined ? right(0) : parseAt(from.right, nowMs, newestMs, calendar);
  if (isLeft(fromMs)) return fromMs;
  const toMs = to.right === undefined ? right(Number.MAX_SAFE_INTEGER) : parseAt(to.right, nowMs, newestMs, calendar);
  if (isLeft(toMs)) return toMs;
  const limit = countArg(args, "limit", shown, shownMax);
  if (isLeft(limit)) return limit;
  const rows = await reportRows(store, {
    sql: `SELECT ${alertLineColumns} FROM leadwire.alert_history
WHERE ({rule:String} = '' OR rule = {rule:String})
  AND toUnixTimestamp64Milli(at) >= {from:Int64} AND toUnixTimestamp64Milli(at) < {to:Int64}
ORDER BY evaluated_at DESC, offset DESC, transition_id LIMIT {limit:UInt32}`,
    params: { rule: rule.right ?? "", from: fromMs.right, to: toMs.right, limit: limit.right + 1 },
  });
  const document: AlertHistoryDocument = {
    currency: workspace.currency,
    transitions: rows.slice(0, limit.right).map(alertLine),
    cut: rows.length > limit.right,
  };
  return right(document);
};
