import { expect, test } from "vitest";
import { channelDeps, toldAlert, toldMessage } from "../testing/told-alert.ts";
import { alertmanagerAlerts } from "./alertmanager-alerts.ts";

const { style, nowMs } = channelDeps();
const dayMs = 86_400_000;

test("a firing alert lasts until it is told again, a resolved one ends when it did", () => {
  const alerts = [toldAlert(), toldAlert({ status: "resolved" })];
  expect(alertmanagerAlerts(toldMessage({ alerts }), nowMs(), dayMs, style).map(({ endsAt }) => endsAt)).toEqual([
    "2026-03-03T09:30:00.000Z",
    "2026-03-02T09:30:00.000Z",
  ]);
});

test("labels have names that Prometheus takes, none is empty, and a rule's own name is not overwritten", () => {
  const labels = { "deal-size": "big", "1st": "x", größe: "y", owner: "", alertname: "other", severity: "info" };
  const [alert] = alertmanagerAlerts(toldMessage({ alerts: [toldAlert({ labels })] }), nowMs(), dayMs, style);
  expect(alert?.labels).toEqual({
    deal_size: "big",
    _1st: "x",
    gr__e: "y",
    alertname: "win-rate-low",
    rule_set: "sales",
    severity: "warning",
    leadwire_fingerprint: "f00dcafe",
  });
});
