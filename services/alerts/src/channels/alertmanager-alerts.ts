import { figuresText, type NotificationMessage, type ToldAlert } from "@leadwire/alerts";
import type { TextStyle } from "./channel-deps.ts";
import { oneLine } from "./message-lines.ts";

/** As `POST /api/v2/alerts` takes it. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}

/** The label by which an alert is found again whose other labels have changed. */
export const fingerprintLabel = "leadwire_fingerprint";

/** Prometheus' label names: letters, digits and `_`, not beginning with a digit. */
const labelName = (name: string): string => name.replace(/[^a-zA-Z0-9_]/gu, "_").replace(/^(?=\d)/u, "_");

/** Empty labels and annotations are none to an Alertmanager. */
const withoutEmpty = (entries: ReadonlyArray<readonly [string, string]>): Readonly<Record<string, string>> =>
  Object.fromEntries(entries.filter(([, value]) => value !== ""));

const labelsOf = (alert: ToldAlert): Readonly<Record<string, string>> =>
  withoutEmpty([
    ...Object.entries(alert.labels).map(([name, value]) => [labelName(name), oneLine(value)] as const),
    ["alertname", oneLine(alert.rule)],
    ["rule_set", oneLine(alert.rule_set)],
    ["severity", oneLine(alert.severity)],
    [fingerprintLabel, alert.fingerprint],
  ]);

/**
 * A message's alerts in an Alertmanager's terms. A firing one ends `firingLastsMs` after now unless it is told again:
 * left out, the Alertmanager would take its own `resolve_timeout`, 5 minutes, and call it resolved.
 */
export const alertmanagerAlerts = (
  message: NotificationMessage,
  nowMs: number,
  firingLastsMs: number,
  style: TextStyle,
): ReadonlyArray<PostedAlert> =>
  message.alerts.map((alert) => ({
    labels: labelsOf(alert),
    annotations: withoutEmpty([
      ["summary", alert.summary],
      ["value", figuresText(alert, style.currency)],
      ["explain", alert.explain],
    ]),
    startsAt: alert.started_at,
    endsAt: alert.status === "resolved" ? alert.at : new Date(nowMs + firingLastsMs).toISOString(),
    ...(message.url === undefined ? {} : { generatorURL: message.url }),
  }));
