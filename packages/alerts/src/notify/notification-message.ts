import { type AlertChanged, instantText } from "@leadwire/events";
import type { NotificationMessage, ToldAlert } from "./message.ts";
import type { PlannedNotification } from "./outbox.ts";

const toldAlertOf = (alert: AlertChanged): ToldAlert => ({
  rule: alert.rule,
  rule_set: alert.rule_set,
  rule_version: alert.rule_version,
  fingerprint: alert.fingerprint,
  severity: alert.severity,
  status: alert.status === "firing" ? "firing" : "resolved",
  step: alert.step,
  cause: alert.cause,
  labels: alert.labels,
  summary: alert.summary,
  value: alert.value,
  numerator: alert.numerator,
  denominator: alert.denominator,
  threshold: alert.threshold,
  unit: alert.unit,
  started_at: instantText(alert.started_at),
  at: instantText(alert.at),
  events: alert.events,
  explain: alert.explain,
});

/** What a receiver is sent: made of records alone, so that it is the same at each try and after a restart. */
export const notificationMessage = (
  { plan, alerts }: PlannedNotification,
  externalUrl: string | undefined,
): NotificationMessage => {
  const told = alerts.map(toldAlertOf);
  return {
    key: plan.key,
    receiver: plan.receiver,
    kind: plan.kind,
    status: told.some(({ status }) => status === "firing") ? "firing" : "resolved",
    group: plan.group,
    transitions: plan.transitions,
    alerts: told,
    planned_at: instantText(plan.planned_at),
    ...(externalUrl === undefined ? {} : { url: externalUrl }),
  };
};
