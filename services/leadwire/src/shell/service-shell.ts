import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import Fastify, { type FastifyInstance } from "fastify";
import { isLoopback } from "../deployment/loopback.ts";
import { refuseForeignHosts } from "../http/local-caller.ts";
import { answerFaults, answerUnknownRoutes, problem, sendProblem } from "../http/problem.ts";
import { type Health, registerHealth } from "./health-routes.ts";
import { listenNear, type PortWish } from "./listen.ts";

export interface ShellOptions {
  readonly host: string;
  readonly port: PortWish;
  readonly health: Health;
}

/** What every service has around it: a port, its health and its metrics, from before it is ready until it has ended. */
export interface Shell {
  readonly url: string;
  /** Hands every other request to this app from here on. */
  readonly mount: (app: FastifyInstance) => Promise<void>;
  /** Open ones. */
  readonly connections: () => Promise<number>;
  /** Takes no more requests, ends streams, and waits a little for what is being answered. */
  readonly close: () => Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closeWaitMs = 2_000;
/** A statement may stand in the address, as ClickHouse's clients send it: so long, with the other headers. */
const headerBytesMax = 288 * 1024;
const idleEveryMs = 25;
const healthPaths: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** An app for an address; where only this machine is listened to, no foreign Host is answered. */
export const shellApp = (host: string): FastifyInstance => {
  const app = Fastify();
  if (isLoopback(host)) refuseForeignHosts(app);
  answerFaults(app);
  return app;
};

const handlerOf = async (app: FastifyInstance): Promise<Handler> => {
  await app.ready();
  return (request, response) => app.routing(request, response);
};

const pathOf = (request: IncomingMessage): string => (request.url ?? "").split("?")[0] ?? "";

/** Listens at once, so that health can be asked for while the service still waits for its log. */
export const openShell = async ({ host, port, health }: ShellOptions): Promise<Shell> => {
  const waiting = shellApp(host);
  let mounted: FastifyInstance | undefined;
  // Whoever is told that it is ready asks at once: only what answers is.
  const unready = (): ReadonlyArray<string> => {
    const reasons = health.unready();
    return reasons.length === 0 && mounted === undefined ? ["It is starting."] : reasons;
  };
  registerHealth(waiting, { ...health, unready });
  waiting.setNotFoundHandler((_request, reply) => {
    const detail = `This service cannot answer yet. ${unready().join(" ")} Ask again soon.`;
    return sendProblem(reply.header("retry-after", "1"), problem(503, "Not ready", "NotReady", detail));
  });
  const shell = await handlerOf(waiting);
  let service: Handler = shell;
  const server = createServer({ maxHeaderSize: headerBytesMax }, (request, response) =>
    (healthPaths.has(pathOf(request)) ? shell : service)(request, response),
  );
  const url = await listenNear(server, host, port);
  const mount = async (app: FastifyInstance): Promise<void> => {
    answerUnknownRoutes(app);
    service = await handlerOf(app);
    mounted = app;
  };
  const close = async (): Promise<void> => {
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    // A connection that was busy at that moment is idle once it has its answer.
    const idle = setInterval(() => server.closeIdleConnections(), idleEveryMs);
    await mounted?.close();
    await Promise.race([ended, sleep(closeWaitMs, undefined, { ref: false })]);
    clearInterval(idle);
    server.closeAllConnections();
    await waiting.close();
  };
  return { url, mount, connections: promisify(server.getConnections.bind(server)), close };
};
