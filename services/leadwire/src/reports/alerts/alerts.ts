import { testOfAll } from "@leadwire/alerts";
import { parseMatcher } from "@leadwire/events";
import { isoText } from "@leadwire/kpis";
import { isLeft, isRight, right } from "fp-ts/lib/Either.js";
import type { Report, ReportContext } from "../report.ts";
import { knownArgs, oneArg } from "../report-args.ts";
import { reportRows } from "../report-rows.ts";
import { type AlertLine, alertLine, alertLineColumns } from "./alert-line.ts";
import { readSilences } from "./silences.ts";

/** An alert as it stands. */
export interface StandingAlert extends AlertLine {
  /** Silences in force that match it. */
  readonly silenced_by: ReadonlyArray<string>;
  readonly acknowledged?: { readonly author: string; readonly comment: string; readonly at: string };
}

export interface AlertsDocument {
  readonly currency: string;
  readonly at: string;
  readonly alerts: ReadonlyArray<StandingAlert>;
}

const dayMs = 86_400_000;

type Acknowledgements = ReadonlyMap<
  string,
  { readonly author: string; readonly comment: string; readonly atMs: number }
>;

/** The newest of each alert. */
const readAcknowledgements = async ({ store }: ReportContext): Promise<Acknowledgements> => {
  const rows = await reportRows(store, {
    sql: `SELECT fingerprint, argMax(author, acknowledged_at), argMax(comment, acknowledged_at), toUnixTimestamp64Milli(max(acknowledged_at))
FROM leadwire.alert_acknowledgements GROUP BY fingerprint`,
    params: {},
  });
  return new Map(
    rows.map(([fingerprint, author, comment, atMs]) => [
      String(fingerprint),
      { author: String(author), comment: String(comment), atMs: Number(atMs) },
    ]),
  );
};

/** Which silences in force match an alert. */
const silencers = async (context: ReportContext): Promise<(alert: AlertLine) => ReadonlyArray<string>> => {
  const active = (await readSilences(context))
    .filter(({ state }) => state === "active")
    .map(({ silence_id: id, matchers }) => ({
      id,
      matches: testOfAll(
        matchers
          .map(parseMatcher)
          .filter(isRight)
          .map((read) => read.right),
      ),
    }));
  return ({ labels, rule, rule_set, severity }) =>
    active.filter(({ matches }) => matches({ ...labels, rule, rule_set, severity })).map(({ id }) => id);
};

/**
 * Alerts that are pending or firing, firing ones first; with `all=true` also those that were resolved within the last
 * 24 hours. `rule`: only its alerts.
 */
export const alerts: Report = async (context, args) => {
  const known = knownArgs(args, ["all", "rule"]);
  if (isLeft(known)) return known;
  const all = oneArg(args, "all");
  if (isLeft(all)) return all;
  const rule = oneArg(args, "rule");
  if (isLeft(rule)) return rule;
  const { store, workspace, nowMs } = context;
  const rows = await reportRows(store, {
    sql: `SELECT ${alertLineColumns} FROM leadwire.alerts
WHERE (status IN ('pending', 'firing') OR ({all:UInt8} AND status = 'resolved' AND evaluated_at >= fromUnixTimestamp64Milli({since:Int64})))
  AND ({rule:String} = '' OR rule = {rule:String})
ORDER BY indexOf(['firing', 'pending', 'resolved'], status), indexOf(['critical', 'warning', 'info'], severity), started_at DESC, fingerprint`,
    params: { all: all.right === "true" ? 1 : 0, since: nowMs - dayMs, rule: rule.right ?? "" },
  });
  const [acknowledged, silencedBy] = await Promise.all([readAcknowledgements(context), silencers(context)]);
  const document: AlertsDocument = {
    currency: workspace.currency,
    at: isoText(nowMs),
    alerts: rows.map(alertLine).map((line) => {
      const found = acknowledged.get(line.fingerprint);
      // It ends with the episode that it was said of.
      const counts = found !== undefined && line.status === "firing" && found.atMs >= Date.parse(line.started_at);
      const { author = "", comment = "", atMs = 0 } = found ?? {};
      return {
        ...line,
        silenced_by: silencedBy(line),
        ...(counts ? { acknowledged: { author, comment, at: isoText(atMs) } } : {}),
      };
    }),
  };
  return right(document);
};
