import { figuresText } from "@leadwire/alerts";
import { localText, numberText, wholeText } from "@leadwire/kpis";
import type { BacktestAgainst, BacktestAlertLine, BacktestDocument } from "../../../backtest/backtest-document.ts";
import { windowText } from "../../instant-text.ts";
import { safeText } from "../../safe-text.ts";
import { leftColumn, rightColumn, tableText } from "../../table.ts";
import { labelsText } from "./alert-name.ts";

interface Told {
  readonly timeZone: string;
  readonly currency: string;
}

const secondMs = 1_000;

/** What happens within a second is at once. */
const lastingText = (ms: number): string =>
  ms < secondMs ? "at once" : numberText(ms / secondMs, { unit: "s", currency: "" });

const columns = [
  leftColumn("fired"),
  leftColumn("alert"),
  leftColumn("value"),
  rightColumn("fired for"),
  rightColumn("time to fire"),
];

const rowOf = (alert: BacktestAlertLine, { timeZone, currency }: Told): ReadonlyArray<string> => [
  localText(alert.fired_at, timeZone),
  `${labelsText(alert.labels)}${alert.step === 0 ? "" : ` (step ${alert.step})`}`,
  figuresText(alert, currency),
  alert.fired_for_ms === null ? "still fires" : lastingText(alert.fired_for_ms),
  alert.stands_at_start ? "stood before" : lastingText(alert.time_to_fire_ms),
];

const alertsTable = (alerts: ReadonlyArray<BacktestAlertLine>, told: Told): string =>
  alerts.length === 0
    ? ""
    : `${tableText(
        columns,
        alerts.map((alert) => rowOf(alert, told)),
      )}\n`;

const perDayText = (perDay: number): string => {
  if (perDay === 0) return "0";
  return perDay < 100 ? perDay.toPrecision(perDay < 1 ? 2 : 3) : wholeText(Math.round(perDay));
};

const countsText = (found: Omit<BacktestDocument, "against" | "rule"> | BacktestAgainst): ReadonlyArray<string> => {
  const { alerts, alerts_per_day: perDay, busiest_day: busiest, time_to_fire_ms: toFire, notifications } = found;
  const receivers = Object.entries(notifications).map(([receiver, count]) => `${receiver} ${wholeText(count)}`);
  return [
    `alerts          ${wholeText(alerts.length)}, ${perDayText(perDay)} a day`,
    ...(busiest === null ? [] : [`busiest day     ${busiest.day}: ${wholeText(busiest.alerts)}`]),
    ...(toFire === null
      ? []
      : [`time to fire    ${lastingText(toFire.median)} (median), ${lastingText(toFire.max)} at most`]),
    `notifications   ${receivers.length === 0 ? "none" : receivers.join(", ")}`,
  ];
};

const laterText = (ms: number | null): string =>
  ms === null || ms === 0 ? "" : `${lastingText(Math.abs(ms))} ${ms > 0 ? "later" : "earlier"}`;

const againstText = (against: BacktestAgainst, told: Told): string => {
  const moved = against.moved.map(({ here, fires_later_ms: fires, resolves_later_ms: resolves }) => [
    localText(here.fired_at, told.timeZone),
    labelsText(here.labels),
    laterText(fires),
    laterText(resolves),
  ]);
  const movedColumns = [leftColumn("fired"), leftColumn("alert"), rightColumn("fires"), rightColumn("resolves")];
  return [
    `Against ${against.file}`,
    `when            ${against.when}`,
    ...countsText(against),
    `in both         ${wholeText(against.both)}, of these at other times ${wholeText(moved.length)}`,
    "",
    ...(against.only_here.length === 0 ? [] : ["No more:", alertsTable(against.only_here, told)]),
    ...(against.only_there.length === 0 ? [] : ["New:", alertsTable(against.only_there, told)]),
    ...(moved.length === 0 ? [] : ["At other times:", tableText(movedColumns, moved)]),
  ].join("\n");
};

/** A back-test as people read it. */
export const backtestText = (found: BacktestDocument, timeZone: string): string => {
  const told = { timeZone, currency: found.currency };
  const backfilled =
    found.backfilled === 0
      ? ""
      : ` (${wholeText(found.backfilled)} of an import or a replay: taken as arrived when they happened)`;
  const head = [
    `rule            ${found.rule}`,
    `when            ${found.when}`,
    `played          ${windowText({ from: found.from, to: found.to }, timeZone)}`,
    `events          ${wholeText(found.events)}${backfilled}`,
    ...countsText(found),
  ];
  const against = found.against === undefined ? "" : `\n${againstText(found.against, told)}`;
  return `${head.map((line) => `${safeText(line)}\n`).join("")}\n${alertsTable(found.alerts, told)}${against}`;
};
