import type { AlertChanged, AlertRecord } from "../alert-records.ts";

export const alertsStartMs: number = Date.parse("2026-03-02T09:00:00Z");

/** A transition of one alert, with what a test cares about. */
export const sampleChange = (stated: Partial<AlertChanged> = {}): AlertChanged => ({
  transition_id: `win-rate-low/f1/${alertsStartMs}/0`,
  epoch: 1,
  rule_set: "sales",
  rule: "win-rate-low",
  rule_version: "v1",
  generation: "g1",
  fingerprint: "f1",
  labels: { team: "north", area: "sales" },
  severity: "warning",
  former: "inactive",
  status: "firing",
  step: 0,
  cause: "data",
  at: alertsStartMs,
  evaluated_at: alertsStartMs,
  started_at: alertsStartMs,
  value: 0.2,
  numerator: 4,
  denominator: 20,
  threshold: 0.25,
  unit: "ratio",
  events: ["crm/e1", "crm/e2"],
  summary: "north wins 20 % of its deals",
  explain: "npx leadwire explain win_rate --window 30d",
  ...stated,
});

/** The n-th transition of the episode. */
export const sampleTransition = (ordinal: number, epoch: number, stated: Partial<AlertChanged> = {}): AlertRecord => ({
  name: "alert-changed",
  record: sampleChange({
    transition_id: `win-rate-low/f1/${alertsStartMs}/${ordinal}`,
    epoch,
    at: alertsStartMs + ordinal,
    evaluated_at: alertsStartMs + ordinal,
    ...stated,
  }),
});

export const sampleClaim = (epoch: number): AlertRecord => ({
  name: "alerts-claimed",
  record: { epoch, owner: "host/1", generation: "g1", claimed_at: alertsStartMs },
});

export const samplePlanned = (key: string, epoch = 1): AlertRecord => ({
  name: "notification-planned",
  record: {
    key,
    epoch,
    receiver: "ops",
    group_key: "0/win-rate-low",
    group: { rule: "win-rate-low" },
    kind: "changed",
    transitions: [`win-rate-low/f1/${alertsStartMs}/0`],
    alerts: ["f1"],
    planned_at: alertsStartMs,
  },
});

export const sampleSettled = (key: string): AlertRecord => ({
  name: "notification-settled",
  record: {
    key,
    epoch: 1,
    receiver: "ops",
    outcome: "dead",
    attempts: 7,
    detail: "410",
    settled_at: alertsStartMs,
  },
});

export const sampleSilence = (endsMs: number): AlertRecord => ({
  name: "alerts-silenced",
  record: {
    silence_id: "s1",
    matchers: [{ label: "team", operator: "matches", value: "no.*" }],
    author: "ana",
    comment: "fair",
    starts_at: alertsStartMs,
    ends_at: endsMs,
    set_at: alertsStartMs,
  },
});

export const sampleAcknowledgement: AlertRecord = {
  name: "alert-acknowledged",
  record: {
    rule_set: "sales",
    rule: "win-rate-low",
    fingerprint: "f1",
    author: "ana",
    comment: "",
    acknowledged_at: alertsStartMs,
  },
};
