import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeEvent, keyOf, type SalesEvent, topicOf } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import type { LogRecord } from "@leadwire/log";
import { grantRecord } from "../access/access-grants.ts";
import { newToken } from "../access/access-token.ts";
import { hostEngine } from "../cli/host-engine.ts";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { boardCompany, numberedEvents } from "./board-company.ts";

/** A whole engine behind its address, with some weeks of a company. */
export interface HostedCompany {
  readonly url: string;
  /** `GET /api/boards/{id}`, of every route that it has. */
  readonly routes: ReadonlySet<string>;
  /** Makes a token that asks in SQL, held to these rows (`DIM=VALUE`). */
  readonly sqlToken: (where: ReadonlyArray<string>) => Promise<string>;
  /** Another deal is won by a rep of this name, now. */
  readonly win: (owner: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const nowMs = (): number => Math.floor(performance.timeOrigin + performance.now());

let random = 0;
const randomHex = (bytes: number): string => (++random).toString(16).padStart(bytes * 2, "0");

/** Notes every route that any app of this process gets from now on. */
const noteRoutes = (routes: Set<string>): (() => void) => {
  const listen = (message: unknown): void => {
    Object(message).fastify.addHook("onRoute", ({ method, url }: { method: string | string[]; url: string }) => {
      for (const one of [method].flat()) routes.add(`${one} ${url.replaceAll(/:(\w+)/gu, "{$1}")}`);
    });
  };
  subscribe("fastify.initialization", listen);
  return () => void unsubscribe("fastify.initialization", listen);
};

export const hostCompany = async (): Promise<HostedCompany> => {
  const folder = mkdtempSync(join(tmpdir(), "leadwire-hosted-"));
  const routes = new Set<string>();
  const stopNoting = noteRoutes(routes);
  const hosted = await hostEngine(
    {
      terminal: { out: async () => undefined, note: () => undefined, redraw: () => undefined, live: false },
      ...{ cwd: folder, pid: process.pid, nowMs, randomHex, stopping: () => new AbortController().signal },
      exit: (code) => {
        throw new Error(`exit ${code}`);
      },
    },
    {
      dataDir: join(folder, "data"),
      config: { workspace: defaultWorkspace, deployment: embeddedDeployment },
      port: { _tag: "any" },
      page: { boardsFolder: join(folder, "boards") },
    },
  );
  stopNoting();
  if (hosted === undefined) throw new Error("somebody else owns a fresh folder");
  const { url, engine, close } = hosted;
  const append = (events: ReadonlyArray<SalesEvent>): Promise<void> =>
    engine.append(
      events.map((event): LogRecord => {
        return { topic: topicOf(event.type), key: Buffer.from(keyOf(event)), value: encodeEvent(event) };
      }),
    );
  const event = numberedEvents("hosted");
  await append(boardCompany(nowMs()));
  await engine.settle();
  return {
    url,
    routes,
    sqlToken: async (where) => {
      const { id, token, sha256 } = newToken(randomHex);
      const grant = { token_id: id, name: "ana", sha256, can: ["sql"], boards: [], where, tv: null };
      await engine.append([grantRecord({ ...grant, created_at: nowMs(), expires_at: null, revoked_at: null })]);
      return token;
    },
    win: (owner) => {
      const lead_id = `won-by-${owner}`;
      const deal = { outcome: "won", amount_minor: 100_000, currency: "USD", lines: [] } as const;
      return append([
        event(nowMs(), { type: "lead-created", lead_id, owner, team: "north", channel: "ads" }),
        event(nowMs(), { type: "deal-closed", lead_id, ...deal }),
      ]);
    },
    close: async () => {
      await close();
      rmSync(folder, { recursive: true });
    },
  };
};
