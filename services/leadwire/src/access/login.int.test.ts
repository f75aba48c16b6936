import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultWorkspace } from "@leadwire/funnel";
import { isRight } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CliContext } from "../cli/context.ts";
import { type HostedEngine, hostEngine } from "../cli/host-engine.ts";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { findOwner } from "../engine/owner-file.ts";
import { engineClient } from "../http/engine-client.ts";
import { grantRecord } from "./access-grants.ts";
import { newToken } from "./access-token.ts";

const folder = mkdtempSync(join(tmpdir(), "leadwire-login-"));
const dataDir = join(folder, "data");
const context: CliContext = {
  terminal: { out: async () => undefined, note: () => undefined, redraw: () => undefined, live: false },
  cwd: folder,
  pid: process.pid,
  nowMs: () => Date.now(),
  randomHex: (bytes) => "0a".repeat(bytes),
  stopping: () => new AbortController().signal,
  exit: (code) => {
    throw new Error(`exit ${code}`);
  },
};

let hosted: HostedEngine;
beforeAll(async () => {
  const deployment = { ...embeddedDeployment, wallboard: { access: "login" as const } };
  const opened = await hostEngine(context, {
    dataDir,
    config: { workspace: defaultWorkspace, deployment },
    port: { _tag: "any" },
    page: { boardsFolder: join(folder, "boards") },
  });
  if (opened === undefined) throw new Error("somebody else owns a fresh folder");
  hosted = opened;
});
afterAll(async () => {
  await hosted.close();
  rmSync(folder, { recursive: true });
});

const made = newToken((bytes) => "5c".repeat(bytes));
const grant = {
  token_id: made.id,
  name: "ana",
  sha256: made.sha256,
  can: ["view"],
  boards: ["company"],
  where: [],
  tv: null,
  created_at: 0,
  expires_at: null,
  revoked_at: null,
};

const asked = (path: string, token?: string): Promise<Response> =>
  fetch(`${hosted.url}${path}`, {
    redirect: "manual",
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

test("every number and board of a running engine asks for a login; the command line has its own key", async () => {
  for (const path of ["/api/boards", "/api/boards/company/stream", "/api/kpis", "/api/kpis/sales?window=30d"])
    expect((await asked(path)).status).toBe(401);
  expect((await asked("/boards/company")).headers.get("location")).toBe("/login?next=%2Fboards%2Fcompany");
  const owner = findOwner(dataDir);
  if (owner === undefined) throw new Error("nobody owns the data");
  const client = engineClient({ url: hosted.url, token: owner.token });
  const kpi = await client.kpi({ metric: "sales", window: "30d", by: [], where: [], at: "now" });
  expect(isRight(kpi)).toBe(true);
  await client.close();
});

test("a token counts as soon as it is in the log, for its boards alone, and its streams end soon after it does", async () => {
  await hosted.engine.append([grantRecord(grant)]);
  await expect.poll(async () => (await asked("/api/boards", made.token)).status, { timeout: 5_000 }).toBe(200);
  expect((await asked("/api/boards/team-floor", made.token)).status).toBe(404);
  expect((await asked("/api/kpis/sales?window=30d", made.token)).status).toBe(403);
  const stream = await asked("/api/boards/company/stream", made.token);
  const reader = stream.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await hosted.engine.append([grantRecord({ ...grant, revoked_at: 1 })]);
  const ended = async (): Promise<string> => {
    try {
      while (!(await reader?.read())?.done);
      return "ended";
    } catch {
      return "ended";
    }
  };
  expect(await ended()).toBe("ended");
  expect((await asked("/api/boards", made.token)).status).toBe(401);
});
