import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { fakeEngine } from "../testing/fake-engine.ts";
import { ledgerMetrics } from "./ledger-metrics.ts";

test("tells Prometheus what became of the records, and reads the ledger once for all of it", async () => {
  const engine = fakeEngine();
  const registry = new Registry();
  ledgerMetrics(registry, { engine, nowMs: () => 0 });
  const text = await registry.metrics();
  expect(text).toContain('leadwire_applied_records_total{source="we\\"b"} 7');
  expect(text).toContain('leadwire_missing_records{source="we\\"b"} 0');
  expect(text).toContain("leadwire_pending 3");
  expect(text).toContain("leadwire_unstored 4");
  expect(text).toContain("leadwire_complete_through_seconds 1514592000");
  expect(text).toContain("leadwire_ledger_balanced 1");
  await registry.metrics();
  expect(engine.calls.filter((call) => call.startsWith("ledger")).length).toBe(1);
});

test("goes on with what it read before while the ledger cannot be read", async () => {
  let clockMs = 0;
  let hangs = false;
  const sound = fakeEngine();
  const ledger = () => (hangs ? new Promise<never>(() => undefined) : sound.ledger());
  const registry = new Registry();
  ledgerMetrics(registry, { engine: { ...sound, ledger }, nowMs: () => clockMs, waitMs: 5 });
  expect(await registry.metrics()).toContain("leadwire_pending 3");
  hangs = true;
  clockMs = 20_000;
  expect(await registry.metrics()).toContain("leadwire_pending 3");
});
