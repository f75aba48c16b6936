import { isoText, usageFault } from "@leadwire/kpis";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Report } from "../report.ts";
import { countArg, knownArgs, oneArg } from "../report-args.ts";
import { reportRows } from "../report-rows.ts";

export interface DeliveryLine {
  readonly key: string;
  readonly receiver: string;
  readonly kind: string;
  readonly group: Readonly<Record<string, string>>;
  readonly transitions: ReadonlyArray<string>;
  readonly planned_at: string;
  readonly outcome: "delivered" | "dead" | "under_way";
  readonly attempts: number;
  readonly detail: string;
  readonly settled_at: string | null;
  /** Of leadwire.alerts: where its owner looks for requests. */
  readonly partition: number;
}

export interface AlertDeliveriesDocument {
  /** The newest first. */
  readonly deliveries: ReadonlyArray<DeliveryLine>;
  readonly cut: boolean;
}

const outcomes = ["delivered", "dead", "under_way"] as const;
const shown = 50;
const shownMax = 100_000;

/** What receivers were told, and what became of it: `outcome` delivered, dead or under_way; `key`: that one alone. */
export const alertDeliveries: Report = async ({ store }, args) => {
  const known = knownArgs(args, ["outcome", "key", "limit"]);
  if (isLeft(known)) return known;
  const outcome = oneArg(args, "outcome");
  if (isLeft(outcome)) return outcome;
  if (outcome.right !== undefined && !outcomes.some((name) => name === outcome.right))
    return left(usageFault("BadArgument", `"${outcome.right}" is no outcome: write ${outcomes.join(", ")}.`));
  const key = oneArg(args, "key");
  if (isLeft(key)) return key;
  const limit = countArg(args, "limit", shown, shownMax);
  if (isLeft(limit)) return limit;
  const rows = await reportRows(store, {
    sql: `SELECT key, receiver, kind, toJSONString(group), toJSONString(transitions), toUnixTimestamp64Milli(planned_at),
  if(outcome = '', 'under_way', toString(outcome)) AS became, attempts, detail, toUnixTimestamp64Milli(settled_at), partition
FROM leadwire.alert_notifications
WHERE ({outcome:String} = '' OR became = {outcome:String}) AND ({key:String} = '' OR key = {key:String})
ORDER BY planned_at DESC, offset DESC, key LIMIT {limit:UInt32}`,
    params: { outcome: outcome.right ?? "", key: key.right ?? "", limit: limit.right + 1 },
  });
  const document: AlertDeliveriesDocument = {
    deliveries: rows.slice(0, limit.right).map((row) => ({
      key: String(row[0]),
      receiver: String(row[1]),
      kind: String(row[2]),
      group: JSON.parse(String(row[3])) as Record<string, string>,
      transitions: JSON.parse(String(row[4])) as ReadonlyArray<string>,
      planned_at: isoText(Number(row[5])),
      outcome: outcomes.find((name) => name === row[6]) ?? "under_way",
      attempts: Number(row[7]),
      detail: String(row[8]),
      settled_at: row[9] === null || row[9] === undefined ? null : isoText(Number(row[9])),
      partition: Number(row[10]),
    })),
    cut: rows.length > limit.right,
  };
  return right(document);
};
