import { catalogue } from "@leadwire/kpis/catalogue";
import { LogClosed } from "@leadwire/log";
import { guardApp, registerLogin } from "@leadwire/wallboard";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import { openAccess } from "../access/open-access.ts";
import { GenerationWatch } from "../cluster/generation-watch.ts";
import { type JoinOptions, joinCluster } from "../cluster/join-cluster.ts";
import { settledLog } from "../cluster/settled-log.ts";
import type { Deployment } from "../deployment/deployment.ts";
import type { SealingEngine } from "../http/engine-port.ts";
import type { PortWish } from "../shell/listen.ts";
import { openShell, shellApp } from "../shell/service-shell.ts";
import { calmly } from "./calmly.ts";
import { logFaults } from "./log-faults.ts";
import { LogWatch, logWatchMetrics } from "./log-watch.ts";
import { type EmbeddedStoreTerms, type Ends, openParts } from "./open-parts.ts";
import type { ServiceName } from "./service-name.ts";
import type { ServicePart, ServiceScope } from "./service-part.ts";

export interface RunOptions
  extends Pick<JoinOptions, "place" | "secrets" | "workspace" | "nowMs">,
    Pick<
      ServiceScope,
      | "dataDir"
      | "processName"
      | "random"
      | "alertFiles"
      | "boardsFolder"
      | "randomKey"
      | "onNotice"
      | "onFailure"
      | "internalToken"
    > {
  readonly services: ReadonlyArray<ServiceName>;
  readonly deployment: Deployment;
  readonly embeddedStore: EmbeddedStoreTerms;
  readonly port: PortWish;
  /** Aborted when the process is to end. */
  readonly stopping: AbortSignal;
}

export interface RunningServices {
  readonly url: string;
  /** Resolves once everything is open, or the process is to end; rejects what waiting would not mend. */
  readonly opened: Promise<void>;
  /** Resolves to what to say once the cluster has moved on to another generation: this process has to end. */
  readonly moved: Promise<string>;
  /** The engine of the query service, once it is open. */
  readonly engine: () => SealingEngine | undefined;
  /** Open connections of whoever asks. */
  readonly connections: () => Promise<number>;
  /** Takes no more requests, finishes what is in hand, commits, leaves its groups. */
  readonly close: () => Promise<void>;
}

/** Nobody asks a service whose log is away how its work is going: all it knows is from before. */
const unreadyOf = (parts: ReadonlyArray<ServicePart>, log: LogWatch | undefined): ReadonlyArray<string> => [
  ...(log?.unready() ?? []),
  ...parts.flatMap((part) => part.unready()),
];

/** The door for events has keys of its own, and the others have nothing to ask for. */
const answers = (name: ServiceName): boolean => name === "wallboard" || name === "query";

/** Boards and numbers ask who wants them. */
const guard = async (app: FastifyInstance, scope: ServiceScope, ends: Ends): Promise<void> => {
  const { access, stop } = await openAccess({ ...scope, apiToken: scope.secrets.apiToken });
  ends.push(stop);
  const passes = [scope.internalToken, scope.secrets.apiToken].filter((pass) => pass !== undefined);
  guardApp(app, { access, passes });
  registerLogin(app, { access, nowMs: scope.nowMs });
};

/** Runs services of a cluster in this process, behind one port. Listens at once, and is ready later. */
export const runServices = async (options: RunOptions): Promise<RunningServices> => {
  const { services, deployment, port, nowMs, stopping, onNotice } = options;
  let isClosing = false;
  const onFailure = (cause: unknown): void => {
    // Who waits for the log as it closes is told so.
    if (!(isClosing && cause instanceof LogClosed)) options.onFailure(cause);
  };
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  let waitsFor = "It is starting.";
  let parts: ReadonlyArray<ServicePart> | undefined;
  let logWatch: LogWatch | undefined;
  logWatchMetrics(metrics, () => logWatch);
  const unready = (): ReadonlyArray<string> =>
    stopping.aborted ? ["It is ending."] : parts === undefined ? [waitsFor] : unreadyOf(parts, logWatch);
  const shell = await openShell({ host: deployment.listen.host, port, health: { unready, metrics } });

  const tellWait = calmly(nowMs, onNotice);
  const onWait = (found: string): void => {
    waitsFor = found;
    tellWait(`Waiting: ${found}`);
  };
  const waiting = { signal: stopping, onWait };
  const ends: Ends = [];
  const moved = Promise.withResolvers<string>();
  const open = async (): Promise<void> => {
    const onInterrupted = logFaults(metrics, calmly(nowMs, onNotice));
    const hooks = { clientId: `leadwire-${services.join("-")}`, onInterrupted, onListenerFault: onFailure };
    const builds = services.every((name) => name === "processor" || name === "sink");
    const cluster = await joinCluster({ ...options, ...hooks, builds }, waiting);
    if (cluster === undefined) return;
    ends.push(() => cluster.log.close());
    // Heard before the services are open: they are told once they are.
    const onServing = (): void => {
      void opened.then(() => Promise.all((parts ?? []).map((part) => part.serve?.()))).catch(onFailure);
    };
    const watch = new GenerationWatch({ ...cluster, onServing, onMoved: moved.resolve, onFailure });
    await watch.start();
    ends.push(() => watch.stop());
    logWatch = new LogWatch({ log: cluster.log, partitions: cluster.partitions, nowMs });
    logWatch.start();
    ends.push(async () => logWatch?.stop());
    const { generation, workspace, isBuilding } = cluster.agreed;
    if (isBuilding === true) onNotice(`Generation ${generation} is built beside the one that serves.`);
    const log = settledLog(cluster.log, cluster.registry);
    const scope = { ...options, ...cluster, onFailure, log, generation, workspace, catalogue, metrics };
    const building = isBuilding === true ? { isBuilding } : {};
    const openedParts = await openParts(services, { ...scope, ...building }, options.embeddedStore, waiting, ends);
    if (stopping.aborted) return;
    const app = shellApp(deployment.listen.host);
    for (const { beforeGuard } of openedParts) beforeGuard?.(app);
    if (services.some(answers)) await guard(app, scope, ends);
    for (const { routes } of openedParts) routes?.(app);
    await shell.mount(app);
    parts = openedParts;
  };
  const opened = open();
  const close = async (): Promise<void> => {
    isClosing = true;
    // 1. Nobody new comes in, and what was let in is answered. 2. Services end, the last opened first; then store and log.
    await shell.close();
    await opened.catch(() => undefined);
    for (const end of ends.toReversed()) await end();
  };
  const engine = (): SealingEngine | undefined => parts?.find((part) => part.engine !== undefined)?.engine;
  return { url: shell.url, opened, moved: moved.promise, engine, connections: shell.connections, close };
};
