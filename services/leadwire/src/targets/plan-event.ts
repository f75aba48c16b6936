import {
  checkEvent,
  doorMessage,
  eventIdOfRow,
  type ForecastSubmitted,
  parseDecimalMinor,
  type SalesEvent,
  type TargetSet,
} from "@leadwire/events";
import type { Workspace, ZoneCalendar } from "@leadwire/funnel";
import { type Catalogue, findStatistic, parseAt, type Unit } from "@leadwire/kpis";
import type { Verdict } from "@leadwire/stream";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { PlanRow } from "./plan-file.ts";

/** The source that events of an imported plan carry. */
const planSource = "targets";
/** What stands in the column `metric` of a forecast of the sales. */
export const forecastMetric = "forecast";

export interface PlanRules {
  readonly workspace: Workspace;
  readonly calendar: ZoneCalendar;
  readonly catalogue: Catalogue;
  /** When the file is imported: what a row without `set_at` was set at. */
  readonly nowMs: number;
  readonly revision: number;
  /** What the workspace has against an event: a missing rate, a time ahead. */
  readonly judge: (event: SalesEvent, appendTimeMs: number) => Verdict | null;
}

export type PlanEvent = TargetSet | ForecastSubmitted;

const isMoney = (unit: Unit): boolean => unit === "money" || unit === "money_per_day";

const unitExamples: Readonly<Partial<Record<Unit, string>>> = {
  ratio: "0.25 for 25 %",
  s: "seconds, such as 300",
};

const amountOf = (row: PlanRow, currency: string): Either<string, number> => {
  const amount = parseDecimalMinor(row.value, currency, { decimal: ".", group: "" });
  if (!isLeft(amount)) return amount;
  const { _tag, found, expected } = amount.left;
  const field = _tag === "unknown_currency" ? "currency" : "value";
  return left(`${field} is ${JSON.stringify(found)}: expected ${expected}.`);
};

/** A target's value in the metric's own unit. */
const targetValue = (row: PlanRow, unit: Unit, workspace: Workspace): Either<string, number> => {
  if (isMoney(unit)) {
    if (row.currency === "" || row.currency === workspace.currency) return amountOf(row, workspace.currency);
    return left(
      `currency is ${JSON.stringify(row.currency)}: expected ${workspace.currency}, the workspace's, in which targets are set.`,
    );
  }
  if (row.currency !== "")
    return left(`currency is ${JSON.stringify(row.currency)}: expected nothing, since ${row.metric} is no money.`);
  if (/^[+-]?\d+(\.\d+)?$/u.test(row.value)) return right(Number(row.value));
  return left(`value is ${JSON.stringify(row.value)}: expected a number in ${unitExamples[unit] ?? unit}.`);
};

const setAtOf = (row: PlanRow, { nowMs, calendar }: PlanRules): Either<string, number> => {
  if (row.set_at === "") return right(nowMs);
  const at = row.set_at === "now" || row.set_at === "latest" ? undefined : parseAt(row.set_at, nowMs, null, calendar);
  if (at !== undefined && !isLeft(at)) return at;
  return left(
    `set_at is ${JSON.stringify(row.set_at)}: expected a day such as 2026-01-05, an instant such as 2026-01-05T09:00:00Z, or nothing for now.`,
  );
};

type Body =
  | Pick<TargetSet, "type" | "metric" | "value">
  | Pick<ForecastSubmitted, "type" | "amount_minor" | "currency">;

const bodyOf = (row: PlanRow, { catalogue, workspace }: PlanRules): Either<string, Body> => {
  if (row.metric === forecastMetric) {
    const currency = row.currency === "" ? workspace.currency : row.currency;
    const amount = amountOf(row, currency);
    return isLeft(amount) ? amount : right({ type: "forecast-submitted", amount_minor: amount.right, currency });
  }
  const named = findStatistic(catalogue, row.metric);
  if (isLeft(named)) {
    const { _tag, message } = named.left;
    const why = _tag === "UnknownMetric" ? "npx leadwire kpi --list shows them." : message;
    return left(`metric is ${JSON.stringify(row.metric)}: expected ${forecastMetric} or a metric. ${why}`);
  }
  const { dimensions, unit } = named.right.statistic;
  const [level] = row.scope.split(":", 1);
  const lacks =
    (level === "team" && !dimensions.includes("team")) || (level === "rep" && !dimensions.includes("owner"));
  if (lacks)
    return left(
      `scope is ${JSON.stringify(row.scope)}: expected company, since ${row.metric} does not go by ${level}.`,
    );
  const value = targetValue(row, unit, workspace);
  return isLeft(value) ? value : right({ type: "target-set", metric: row.metric, value: value.right });
};

/**
 * The event of a row, or what was found in it and what was expected. Its id rests on what it is for and on when it was
 * set: a correction is an event of its own, and both stay in the log; the same row again is the same event.
 */
export const planEventOf = (row: PlanRow, rules: PlanRules): Either<string, PlanEvent> => {
  const body = bodyOf(row, rules);
  if (isLeft(body)) return body;
  const at = setAtOf(row, rules);
  if (isLeft(at)) return at;
  const { scope, period } = row;
  const key = JSON.stringify([row.metric, scope, period, at.right]);
  const event: PlanEvent = {
    event_id: eventIdOfRow(planSource, body.right.type, key, 0),
    source_system: planSource,
    occurred_at: at.right,
    revision: rules.revision,
    voided: false,
    scope,
    period,
    ...body.right,
  };
  const checked = checkEvent(event);
  if (isLeft(checked)) return left(doorMessage(checked.left));
  const against = rules.judge(event, rules.nowMs);
  return against === null ? right(event) : left(against.detail.replace(/^occurred_at\b/u, "set_at"));
};
