import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { derivedRegistry, seal } from "@leadwire/events";
import { registerDoor } from "@leadwire/ingest";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { collectDefaultMetrics, Registry } from "prom-client";
import { type OpenAccess, openAccess } from "../access/open-access.ts";
import { readSecrets } from "../config.ts";
import { embeddedDeployment } from "../deployment/deployment.ts";
import { servedJudge } from "../engine/event-judge.ts";
import { LeadErasure } from "../engine/lead-erasure.ts";
import type { LocalEngine } from "../engine/local-engine.ts";
import { openEngine, partitions } from "../engine/open-engine.ts";
import { announce, type Owner, releaseOwnership, takeOwnership } from "../engine/owner-file.ts";
import { consoleSchema } from "../http/console-schema.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import { registerEngine } from "../http/engine-server.ts";
import type { AlertsSource } from "../services/alerts-source.ts";
import { boardMetrics } from "../services/board-metrics.ts";
import { doorFaultText, doorMetrics } from "../services/door-metrics.ts";
import { ledgerMetrics } from "../services/ledger-metrics.ts";
import { type OpenSql, openSql } from "../services/open-sql.ts";
import { processorMetrics, processorUnready, toldTime } from "../services/processor-metrics.ts";
import { sinkMetrics, sinkUnready, storeTime } from "../services/sink-metrics.ts";
import type { PortWish } from "../shell/listen.ts";
import { openShell, shellApp } from "../shell/service-shell.ts";
import type { Config } from "./config-file.ts";
import { type CliContext, CommandFault, endOn, randomFraction, wrongUsage } from "./context.ts";
import { whenIdle } from "./idle.ts";
import { type LeadKeyFile, openLeadKeys } from "./lead-key-file.ts";

export interface HostOptions {
  /** Absolute. */
  readonly dataDir: string;
  readonly config: Config;
  readonly port: PortWish;
  /** See EngineOptions. */
  readonly logFirst?: boolean;
  /** Serves the live page too, with the boards of this folder (absolute). */
  readonly page?: { readonly boardsFolder: string };
  /** Evaluates the rules of these files, and tells their receivers. */
  readonly alertFiles?: AlertsSource;
  /** See EngineOptions. */
  readonly replacesOtherVersion?: true;
}

export interface HostedEngine {
  readonly engine: SealingEngine;
  readonly url: string;
  /** Resolves once no other command talks to this engine, and none finds it any more. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Seals with the lead's own key. */
const withKeys = (local: LocalEngine, keys: LeadKeyFile, erasure: LeadErasure, nowMs: () => number): SealingEngine => ({
  ...local,
  append: async (records) => {
    // 1. Keys first: no sealed byte is in the log whose key a crash could take. 2. The records, durable.
    keys.flush();
    await local.append(records);
    // 3. Whoever is told that a lead-erased was taken can rely on it: its lead's key is gone.
    erasure.appended(records, nowMs());
  },
  seal: async (leadId, contact) => {
    const key = keys.keyFor(leadId);
    return key === undefined ? null : seal(contact, key, leadId);
  },
});

/**
 * Opens the engine in this process and serves it; undefined where another process owns the data directory.
 * Other commands find it by the owner file.
 */
export const hostEngine = async (context: CliContext, options: HostOptions): Promise<HostedEngine | undefined> => {
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true });
  const owner: Owner = { pid: context.pid, url: null, token: context.randomHex(24), log: "embedded" };
  if (!takeOwnership(dataDir, owner)) return undefined;
  try {
    return await openOwned(context, options, owner);
  } catch (fault) {
    releaseOwnership(dataDir, owner.pid);
    throw fault;
  }
};

const openOwned = async (context: CliContext, options: HostOptions, owner: Owner): Promise<HostedEngine> => {
  const { dataDir } = options;
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  let opened: Owned | undefined;
  const unready = (): ReadonlyArray<string> => (opened === undefined ? ["It is starting."] : unreadyOf(opened.local));
  const shell = await openShell({ host: hostOf(options), port: options.port, health: { unready, metrics } });
  const close = async (): Promise<void> => {
    // Statements that run are ended. Nobody new comes in; what was let in is answered; then the engine ends, and only then may another own the data.
    await opened?.sql?.stop();
    await shell.close();
    await opened?.access?.stop();
    await opened?.local.close();
    opened?.keys.close();
    releaseOwnership(dataDir, owner.pid);
  };
  try {
    const local = await openLocal(context, options, metrics);
    const folder = join(dataDir, "keys");
    const keys = openLeadKeys(join(folder, "lead-keys.jsonl"));
    opened = { local, keys };
    const access = await accessOf(context, options, local);
    opened = { local, keys, ...(access === undefined ? {} : { access }) };
    if (access !== undefined) opened = { ...opened, sql: await sqlOf(context, options, local, access) };
    const erasure = new LeadErasure({ folder, keys, judge: servedJudge(local), partitions });
    await erasure.catchUp(local.log);
    const engine = withKeys(local, keys, erasure, context.nowMs);
    await shell.mount(await appOf(context, options, { ...opened, owner, engine, metrics }));
    await openAlerts(context, options, { local, metrics });
    const { url } = shell;
    local.url = url;
    announce(dataDir, { ...owner, url });
    // So that the first statement over HTTP does not wait for them; where it fails that statement tries again.
    if (options.page !== undefined) void local.readyForSql().catch(() => undefined);
    const idle = (): Promise<void> =>
      whenIdle(shell.connections, (isOpen) => announce(dataDir, isOpen ? { ...owner, url } : owner));
    return { engine, url, idle, close };
  } catch (fault) {
    // Whatever failed: a ClickHouse of ours would go on, and this process with it.
    await close();
    throw fault;
  }
};

/** Who may see the page, where there is one. */
const accessOf = async (
  context: CliContext,
  { config, page }: HostOptions,
  { log }: LocalEngine,
): Promise<OpenAccess | undefined> => {
  if (page === undefined) return undefined;
  const onFailure = (cause: unknown): void => endOn(context, cause);
  const { apiToken } = readSecrets();
  return openAccess({ ...config, apiToken, log, registry: derivedRegistry, nowMs: context.nowMs, onFailure });
};

const sqlOf = (
  { nowMs, randomHex, terminal }: CliContext,
  { config }: HostOptions,
  { store }: LocalEngine,
  { grants }: OpenAccess,
): Promise<OpenSql> => {
  const { apiToken } = readSecrets();
  return openSql({ ...config, apiToken, store, grants, nowMs, randomHex, onNotice: terminal.note });
};

const openLocal = async (context: CliContext, options: HostOptions, metrics: Registry): Promise<LocalEngine> => {
  const { dataDir, config, logFirst, replacesOtherVersion } = options;
  const told = toldTime(metrics);
  const stored = storeTime(metrics);
  const opened = await openEngine({
    dataDir,
    workspace: config.workspace,
    storePlace: config.deployment.store,
    secrets: readSecrets(),
    nowMs: context.nowMs,
    ...(logFirst === undefined ? {} : { logFirst }),
    ...(replacesOtherVersion === undefined ? {} : { replacesOtherVersion }),
    storePasswords: { admin: context.randomHex(24), analyst: context.randomHex(24) },
    onNotice: context.terminal.note,
    onTold: (latencyMs) => told.observe(latencyMs / 1000),
    onStored: (_rows, insertMs) => stored.observe(insertMs / 1000),
    onFailure: (cause) => endOn(context, cause),
  });
  if (isLeft(opened)) throw new CommandFault(opened.left.message);
  return opened.right;
};

const openAlerts = async (
  { pid, randomHex, terminal }: CliContext,
  { alertFiles }: HostOptions,
  { local, metrics }: Pick<Served, "local" | "metrics">,
): Promise<void> => {
  if (alertFiles === undefined) return;
  try {
    const random = randomFraction(randomHex);
    await local.openAlerts({ alertFiles, metrics, random, processName: String(pid), onNotice: terminal.note });
  } catch (fault) {
    // Said as any other wrong file is, without a stack.
    if (fault instanceof Error && "_tag" in fault && fault._tag === "AlertFilesFault") throw wrongUsage(fault.message);
    throw fault;
  }
};

const unreadyOf = ({ runner, sink }: LocalEngine): ReadonlyArray<string> => [
  ...processorUnready(runner),
  ...sinkUnready(sink),
];

/** A short command is there for commands on this machine alone. */
const hostOf = ({ config, page }: HostOptions): string =>
  page !== undefined ? config.deployment.listen.host : embeddedDeployment.listen.host;

interface Owned {
  readonly local: LocalEngine;
  readonly keys: LeadKeyFile;
  readonly access?: OpenAccess;
  readonly sql?: OpenSql;
}

interface Served extends Owned {
  readonly owner: Owner;
  readonly engine: SealingEngine;
  readonly metrics: Registry;
}

/** The engine, the door for events and, where asked for, the page; with the metrics that the services of a cluster have. */
const appOf = async (context: CliContext, options: HostOptions, served: Served): Promise<FastifyInstance> => {
  const { nowMs, terminal } = context;
  const { owner, local, engine, keys, metrics, sql } = served;
  const { config } = options;
  const app = shellApp(hostOf(options));
  sql?.registerEndpoint(app);
  // Where there is no page, nobody is held to some rows: this machine's own commands ask alone.
  const askerOf = options.page === undefined ? undefined : (await import("@leadwire/wallboard")).askerOf;
  const rowsOf = (request: FastifyRequest) => askerOf?.(request)?.where ?? [];
  registerEngine(app, engine, { token: owner.token, rowsOf, nowMs });
  processorMetrics(metrics, () => local.runner);
  sinkMetrics(metrics, () => local.sink);
  ledgerMetrics(metrics, { engine, nowMs });
  const judge = servedJudge(local);
  registerDoor(app, {
    ...config.deployment.ingest,
    nowMs,
    onRequest: doorMetrics(metrics),
    onFault: (cause) => terminal.note(doorFaultText(cause)),
    append: engine.append,
    judge: (event) => judge(event, nowMs()),
    sealContact: (leadId, contact) => {
      const key = keys.keyFor(leadId);
      return key === undefined ? undefined : seal(contact, key, leadId);
    },
  });
  await addPage(context, options, app, served);
  return app;
};

/** The page with its boards, and the guard in front of them and of every number. */
const addPage = async (
  { nowMs, terminal }: CliContext,
  { page }: HostOptions,
  app: FastifyInstance,
  { owner, local, access: opened, sql, metrics }: Served,
): Promise<void> => {
  if (page === undefined || opened === undefined) return;
  const wallboard = await import("@leadwire/wallboard");
  const { guardApp, isSameOrigin, registerBoards, registerExplain, registerLogin, registerWallboard, tokenOfCookie } =
    wallboard;
  const { access } = opened;
  const passes = [owner.token, readSecrets().apiToken].filter((pass) => pass !== undefined);
  guardApp(app, { access, passes });
  registerLogin(app, { access, nowMs });
  sql?.registerRoutes(app, (request) => (isSameOrigin(request) ? tokenOfCookie(request) : undefined));
  const { source, shelf, explain } = await local.openBoard({ ...page, onNotice: terminal.note });
  const stats = registerWallboard(app, source, { nowMs });
  registerExplain(app, explain);
  const imagesFolder = join(page.boardsFolder, "images");
  registerBoards(app, { shelf, catalogue, imagesFolder, nowMs });
  const queriesFolder = join(dirname(page.boardsFolder), "queries");
  wallboard.registerConsole(app, { queriesFolder, schema: consoleSchema(catalogue, local.servedWorkspace) });
  boardMetrics(metrics, local.shownView, () => stats);
};
