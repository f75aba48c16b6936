import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorkspace } from "@leadwire/funnel";
import { expect, test } from "vitest";
import { embeddedDeployment } from "../deployment/deployment.ts";
import type { CliContext } from "./context.ts";
import { hostEngine } from "./host-engine.ts";

const key = "lw_of-a-test";
const sha256 = createHash("sha256").update(key).digest("hex");

const contextOf = (cwd: string): CliContext => ({
  terminal: { out: async () => undefined, note: () => undefined, redraw: () => undefined, live: false },
  cwd,
  pid: process.pid,
  nowMs: () => Date.now(),
  randomHex: (bytes) => "0a".repeat(bytes),
  stopping: () => new AbortController().signal,
  exit: (code) => {
    throw new Error(`exit ${code}`);
  },
});

const event = {
  type: "lead-created",
  event_id: "e1",
  occurred_at: "2026-03-02T08:00:00Z",
  source_system: "crm",
  lead_id: "L1",
};

/** Of each service, one that only it tells. */
const toldBy = [
  "leadwire_lag_seconds",
  "leadwire_end_to_end_latency_seconds_count",
  "leadwire_sink_lag_seconds",
  "leadwire_clickhouse_parts",
  "leadwire_clickhouse_write_seconds_count",
  'leadwire_door_requests_total{source="crm",outcome="accepted"} 1',
  "leadwire_board_clients",
  'leadwire_accepted_records_total{source="crm"} 1',
  "leadwire_ledger_balanced 1",
  "process_cpu_seconds_total",
];

test("one process guards its door by the file's keys, and tells the metrics and readiness of all services", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-host-"));
  const deployment = { ...embeddedDeployment, ingest: { keys: [{ source: "crm", sha256 }] } };
  const hosted = await hostEngine(contextOf(folder), {
    dataDir: join(folder, "data"),
    config: { workspace: defaultWorkspace, deployment },
    port: { _tag: "any" },
    page: { boardsFolder: join(folder, "boards") },
  });
  if (hosted === undefined) throw new Error("somebody else owns a fresh folder");
  const { url, engine, close } = hosted;
  const post = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(event),
    });
  expect((await post({})).status).toBe(401);
  expect((await post({ authorization: "Bearer another" })).status).toBe(401);
  expect((await post({ authorization: `Bearer ${key}` })).status).toBe(200);
  await engine.settle();
  await expect.poll(async () => (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ready" });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  for (const name of toldBy) expect(metrics).toContain(name);
  const sql = await fetch(`${url}/api/sql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sql: "SELECT count() FROM leads", format: "TSV" }),
  });
  expect(await sql.text()).toBe("count()\n1\n");
  await close();
  rmSync(folder, { recursive: true });
});
