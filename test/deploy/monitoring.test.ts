import { readFileSync } from "node:fs";
import { collectDefaultMetrics, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { alertMetrics, alertPassTime } from "../../services/leadwire/src/services/alert-metrics.ts";
import { boardMetrics } from "../../services/leadwire/src/services/board-metrics.ts";
import { doorMetrics, leadKeyMetrics } from "../../services/leadwire/src/services/door-metrics.ts";
import { ledgerMetrics } from "../../services/leadwire/src/services/ledger-metrics.ts";
import { logFaults } from "../../services/leadwire/src/services/log-faults.ts";
import { logWatchMetrics } from "../../services/leadwire/src/services/log-watch.ts";
import { processorMetrics, toldTime } from "../../services/leadwire/src/services/processor-metrics.ts";
import { sinkMetrics, storeTime } from "../../services/leadwire/src/services/sink-metrics.ts";
import { fakeEngine } from "../../services/leadwire/src/testing/fake-engine.ts";
import { at, each, text } from "./document.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** Only asked when metrics are read, which nobody does here. */
const nobody = (): never => {
  throw new Error("the metrics are only listed");
};

const registry = new Registry();
collectDefaultMetrics({ register: registry });
processorMetrics(registry, nobody);
toldTime(registry);
sinkMetrics(registry, nobody);
storeTime(registry);
doorMetrics(registry);
leadKeyMetrics(registry, { leads: 0, unremoved: 0, unreadable: 0 });
boardMetrics(registry, nobody, nobody);
alertMetrics(registry, nobody, nobody);
alertPassTime(registry);
ledgerMetrics(registry, { engine: fakeEngine(), nowMs: nobody });
logFaults(registry, nobody);
logWatchMetrics(registry, nobody);
const told = new Set(registry.getMetricsAsArray().map(({ name }) => name));

const isTold = (name: string): boolean => told.has(name) || told.has(name.replace(/_(bucket|sum|count)$/u, ""));
const namesIn = (source: string): ReadonlyArray<string> => [
  ...new Set(source.match(/\b(?:leadwire|process|nodejs)_[a-z_0-9]+\b/gu) ?? []),
];

const rules = read("infra/prometheus/rules.yaml");
const alerts = each(at(parse(rules), "groups")).flatMap((group) => each(at(group, "rules")));

describe("what is there to watch Leadwire", () => {
  test.each([
    ["infra/prometheus/rules.yaml", alerts.map((alert) => text(alert, "expr")).join("\n")],
    ["infra/prometheus/rules.test.yaml", read("infra/prometheus/rules.test.yaml").replace(/leadwire_log\.\w+/gu, "")],
    ["infra/grafana/dashboards/leadwire.json", read("infra/grafana/dashboards/leadwire.json")],
    ["docs/operations.md", read("docs/operations.md").replace(/leadwire_(?:log\.\w+|g_\S*)/gu, "")],
  ])("%s names only metrics that the services tell", (_, source) => {
    const names = namesIn(source);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !isTold(name))).toEqual([]);
  });

  test("every alert says what is wrong and what to do", () => {
    expect(alerts.length).toBeGreaterThan(10);
    for (const alert of alerts) {
      expect(text(alert, "annotations", "summary")).toMatch(/\S/u);
      expect(text(alert, "annotations", "action")).toMatch(/\S/u);
      expect(["warning", "critical"]).toContain(at(alert, "labels", "severity"));
    }
  });

  test("the alerts' tests try alerts that there are", () => {
    const names = new Set(alerts.map((alert) => text(alert, "alert")));
    const tried = each(at(parse(read("infra/prometheus/rules.test.yaml")), "tests"))
      .flatMap((one) => each(at(one, "alert_rule_test")))
      .map((one) => text(one, "alertname"));
    expect(tried.filter((name) => !names.has(name))).toEqual([]);
  });
});
