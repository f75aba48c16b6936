import {
  priorQualitySpan,
  type QualityItem,
  type QualityLine,
  qualityChecks,
  qualityCountsSql,
  qualityItems,
  qualityListSql,
  qualityReport,
  qualitySpan,
  usageFault,
} from "@leadwire/kpis";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Report } from "./report.ts";
import { countArg, oneArg } from "./report-args.ts";
import type { ReportHead } from "./report-head.ts";
import { reportRows } from "./report-rows.ts";
import { scopeOf } from "./report-scope.ts";

export interface QualityDocument extends ReportHead {
  readonly checks: ReadonlyArray<QualityLine>;
  /** With `list`: what that check found, the newest first, cut at `limit`. */
  readonly list?: ReadonlyArray<QualityItem>;
}

/** What is missing or odd in the data: each check with its share, its trend, and on demand the list behind it. */
export const quality: Report = async (now, args) => {
  const asked = await scopeOf(now, args, { args: ["list", "limit"], dimensions: [], window: "all", nowOnly: true });
  if (isLeft(asked)) return asked;
  const { scope, context, head } = asked.right;
  const { store, workspace, calendar } = context;
  const list = oneArg(args, "list");
  if (isLeft(list)) return list;
  const limit = countArg(args, "limit", 50, 1_000_000);
  if (isLeft(limit)) return limit;
  const listed = qualityChecks.find(({ id }) => id === list.right);
  if (list.right !== undefined && listed === undefined) {
    const known = qualityChecks.map(({ id }) => id).join(", ");
    return left(usageFault("BadArgument", `There is no check "${list.right}": there are ${known}.`));
  }
  const checks = listed === undefined ? qualityChecks : [listed];
  const span = qualitySpan(scope.window);
  const prior = priorQualitySpan(scope.window);
  const [rows, priorRows, items] = await Promise.all([
    reportRows(store, qualityCountsSql(checks, span, workspace, calendar)),
    prior === undefined ? undefined : reportRows(store, qualityCountsSql(checks, prior, workspace, calendar)),
    listed === undefined
      ? undefined
      : reportRows(store, qualityListSql(listed, span, workspace, calendar, limit.right)),
  ]);
  const document: QualityDocument = {
    ...head,
    checks: qualityReport(checks, rows, priorRows),
    ...(items === undefined ? {} : { list: qualityItems(items) }),
  };
  return right(document);
};
