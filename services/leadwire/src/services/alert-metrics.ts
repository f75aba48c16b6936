import type { AlertStats } from "@leadwire/alert-service";
import { Histogram, type Registry } from "prom-client";
import { sampledCounter, sampledGauge } from "../shell/sampled.ts";

/** What a pass over all rules takes, in seconds. */
const passBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** The histogram of passes; told by the service as they happen. */
export const alertPassTime = (registry: Registry): Histogram =>
  new Histogram({
    name: "leadwire_alert_evaluation_seconds",
    help: "How long it took to look at all rules that something has changed for.",
    buckets: passBuckets,
    registers: [registry],
  });

/** The metrics of the alert service. `isRefused`: whether the rule files say something that does not hold. */
export const alertMetrics = (registry: Registry, stats: () => AlertStats, isRefused: () => boolean): void => {
  const gauge = (name: string, help: string, sample: (stats: AlertStats) => number): void =>
    sampledGauge(registry, { name, help, sample: () => [[{}, sample(stats())]] });
  gauge(
    "leadwire_alert_partitions",
    "Partitions of leadwire.alerts that this process decides on.",
    (s) => s.partitions,
  );
  gauge("leadwire_alert_rules", "Rules that this process evaluates.", ({ rules }) => rules);
  gauge("leadwire_alerts_pending", "Alerts that fire if what they watch goes on.", ({ pending }) => pending);
  gauge("leadwire_notifications_waiting", "Notifications that are on their way.", ({ waiting }) => waiting);
  sampledGauge(registry, {
    name: "leadwire_alerts_firing",
    help: "Alerts that fire.",
    labels: ["severity"],
    sample: () => Object.entries(stats().firing).map(([severity, firing]) => [{ severity }, firing]),
  });
  sampledGauge(registry, {
    name: "leadwire_alert_receivers_failing",
    help: "Receivers that do not take what they are sent.",
    sample: () => [[{}, stats().failingReceivers.length]],
  });
  sampledGauge(registry, {
    name: "leadwire_alert_rules_refused",
    help: "1 while the rule files are wrong, so that the former rules hold.",
    sample: () => [[{}, isRefused() ? 1 : 0]],
  });
  sampledCounter(registry, {
    name: "leadwire_alert_transitions_total",
    help: "Alerts that went into a state.",
    labels: ["status"],
    sample: () => Object.entries(stats().transitions).map(([status, count]) => [{ status }, count]),
  });
  sampledCounter(registry, {
    name: "leadwire_notifications_total",
    help: "Notifications that came to their end: delivered, or dead (given up; npx leadwire alerts deliveries).",
    labels: ["outcome"],
    sample: () => Object.entries(stats().notifications).map(([outcome, count]) => [{ outcome }, count]),
  });
};

/** Takes the service's metrics away, so that another one may have them. */
export const endAlertMetrics = (registry: Registry): void => {
  for (const { name } of registry.getMetricsAsArray())
    if (/^leadwire_(alert|notification)s?_/u.test(name)) registry.removeSingleMetric(name);
};
