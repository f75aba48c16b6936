import { figuresText, type NotificationMessage, type ToldAlert } from "@leadwire/alerts";
import { localText } from "@leadwire/kpis";
import type { TextStyle } from "./channel-deps.ts";

/** More than these are counted, not listed. */
export const listedAlertsMax = 10;

const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Line breaks, controls and NUL become spaces: text of an event must not end a header or begin a line. */
export const oneLine = (text: string): string => text.replace(controls, " ").trim();

/** Cut at a length, between characters. */
export const shortened = (text: string, lengthMax: number): string => {
  if (text.length <= lengthMax) return text;
  const cut = text.slice(0, lengthMax - 1);
  return `${/[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
};

/** `FIRING critical: West wins 21 % of its deals`, or how many there are. */
export const titleOf = ({ status, kind, alerts }: NotificationMessage): string => {
  const word = status === "firing" ? (kind === "repeated" ? "STILL FIRING" : "FIRING") : "RESOLVED";
  const [first] = alerts;
  if (first === undefined) return word;
  const severity = status === "firing" ? ` ${oneLine(first.severity)}` : "";
  const more = alerts.length > 1 ? ` (and ${alerts.length - 1} more)` : "";
  return `${word}${severity}: ${oneLine(first.summary)}${more}`;
};

/** `team north, owner ana`: whom it is about. */
const labelsText = (labels: ToldAlert["labels"]): string =>
  Object.entries(labels)
    .map(([name, value]) => `${oneLine(name)} ${oneLine(value)}`)
    .join(", ");

/** With the zone, and without seconds: `2026-11-20 14:05 Europe/Bucharest`. */
const zonedText = (iso: string, zone: string): string => `${localText(iso, zone).slice(0, 16)} ${zone}`;

/** What is said below an alert's summary. */
export const detailsOf = (alert: ToldAlert, style: TextStyle): ReadonlyArray<readonly [name: string, text: string]> =>
  [
    ["Value", figuresText(alert, style.currency)],
    ["Who", labelsText(alert.labels)],
    ["Rule", oneLine(`${alert.rule_set}/${alert.rule}`)],
    ["Since", zonedText(alert.started_at, style.zone)],
    ...(alert.status === "resolved" ? [["Resolved", zonedText(alert.at, style.zone)] as const] : []),
    ["Explain", oneLine(alert.explain)],
  ].flatMap(([name = "", text = ""]) => (text === "" ? [] : [[name, text] as const]));

export const moreText = (alerts: ReadonlyArray<ToldAlert>): string =>
  alerts.length > listedAlertsMax ? `and ${alerts.length - listedAlertsMax} more` : "";
