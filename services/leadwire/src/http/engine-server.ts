import type { FastifyInstance } from "fastify";
import type { SealingEngine } from "./engine-port.ts";
import { registerInternal } from "./internal-routes.ts";
import { registerKpis } from "./kpi-route.ts";
import { refuseForeignHosts } from "./local-caller.ts";
import { metricsText } from "./metrics-text.ts";
import { answerFaults, answerUnknownRoutes, problem, sendProblem } from "./problem.ts";

export interface EngineServerOptions {
  /** What the internal routes ask for, as `authorization: Bearer …`. */
  readonly token: string;
  /** Only this machine can call (default): requests for other hosts are refused then. */
  readonly isLocal?: boolean;
  /** A name other than localhost under which the engine may be called. */
  readonly host?: string;
  /** The clock: `/metrics` reads the whole log for its ledger at most once in `ledgerEveryMs`. */
  readonly nowMs: () => number;
  readonly ledgerEveryMs?: number;
}

/**
 * Puts the engine behind HTTP: `/api/kpis/:metric`, `/healthz`, `/readyz`, `/metrics` for anyone on this machine, and
 * `/internal/*` for the command line, which shows the owner file's token. Requests for other hosts are refused.
 */
export const registerEngine = (app: FastifyInstance, engine: SealingEngine, options: EngineServerOptions): void => {
  if (options.isLocal !== false) refuseForeignHosts(app, options.host);
  answerUnknownRoutes(app);
  answerFaults(app);
  registerKpis(app, engine);
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const status = await engine.status().catch(() => null);
    if (status === null)
      return sendProblem(reply, problem(503, "Not ready", "NotReady", "The engine is starting or closing."));
    return { status: "ready", pending: status.pending, unstored: status.unstored };
  });
  registerMetrics(app, engine, options);
  void app.register(async (scope) => registerInternal(scope, engine, options.token), { prefix: "/internal" });
};

const registerMetrics = (app: FastifyInstance, engine: SealingEngine, options: EngineServerOptions): void => {
  const everyMs = options.ledgerEveryMs ?? 10_000;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let text: Promise<string> = Promise.resolve("");
  const read = async (): Promise<string> => metricsText(await engine.status(), await engine.ledger());
  app.get("/metrics", async (_request, reply) => {
    if (options.nowMs() - readAtMs >= everyMs) {
      readAtMs = options.nowMs();
      text = read();
      text.catch(() => {
        readAtMs = Number.NEGATIVE_INFINITY;
      });
    }
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(await text);
  });
};
