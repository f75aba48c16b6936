import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { controlTopic, derivedRegistry, eventTopics } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type EmbeddedLog, openEmbeddedLog } from "@leadwire/log";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "@leadwire/store/testing";
import { guardApp } from "@leadwire/wallboard";
import Fastify, { type FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grantRecord } from "../access/access-grants.ts";
import { newToken } from "../access/access-token.ts";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { openQueryPart } from "./query-part.ts";
import type { ServicePart } from "./service-part.ts";

const folder = mkdtempSync(join(tmpdir(), "leadwire-query-part-"));
const nowMs = (): number => Date.UTC(2026, 2, 2);
let temporary: TemporaryStore;
let log: EmbeddedLog;
let part: ServicePart;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  log = await openEmbeddedLog({ folder: join(folder, "log"), nowMs });
  await log.ensureTopics([...eventTopics, controlTopic].map((name) => ({ name, partitions: 1 })));
  part = await openQueryPart({
    ...{ log, generation: testGeneration, workspace: defaultWorkspace, catalogue, partitions: 1 },
    ...{ registry: derivedRegistry, store: temporary.store, metrics: new Registry(), nowMs, random: () => 0 },
    // Not this machine's own address: nobody asks without a token.
    deployment: { ...embeddedDeployment, listen: { host: "0.0.0.0" } },
    ...{ secrets: { apiToken: "secret" }, dataDir: folder, processName: "one", boardsFolder: join(folder, "boards") },
    alertFiles: () => Promise.reject(new Error("nobody asks for rules")),
    randomKey: () => new Uint8Array(32),
    onNotice: () => undefined,
    onFailure: (cause) => {
      throw cause;
    },
  });
  // A connection whose last answer was just read may look busy: closing would wait for its keep-alive.
  app = Fastify({ forceCloseConnections: true });
  part.beforeGuard?.(app);
  guardApp(app, { access: { anyone: null, viewerOf: () => undefined }, passes: [] });
  part.routes?.(app);
  url = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await app.close();
  await part.stop();
  await log.close();
  await temporary.dispose();
  rmSync(folder, { recursive: true });
});

const asked = async (password?: string): Promise<string> => {
  const headers = password === undefined ? {} : { "x-clickhouse-key": password };
  const found = await fetch(url, { method: "POST", body: "SELECT count() FROM leads", headers });
  return `${found.status} ${await found.text()}`;
};

test("a service of a cluster is a ClickHouse address in front of its guard, with the tokens of the log", async () => {
  expect(await asked()).toMatch(/^401 Code: 194\./);
  expect(await asked("secret")).toBe("200 0\n");
  const { id, token, sha256 } = newToken((bytes) => "5d".repeat(bytes));
  const grant = { token_id: id, name: "ana", sha256, can: ["sql"], boards: [], where: ["team=North"], tv: null };
  await log.append([grantRecord({ ...grant, created_at: 0, expires_at: null, revoked_at: null })]);
  while ((await asked(token)).startsWith("403")) await sleep(20);
  expect(await asked(token)).toBe("200 0\n");
  const json = { method: "POST", headers: { "content-type": "application/json" }, body: '{"sql":"SELECT 1"}' };
  expect((await fetch(`${url}/api/sql`, json)).status).toBe(401);
  const bearer = { ...json.headers, authorization: "Bearer secret" };
  expect((await fetch(`${url}/api/sql`, { ...json, headers: bearer })).status).toBe(200);
});
