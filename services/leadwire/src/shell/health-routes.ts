import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import { problem, sendProblem } from "../http/problem.ts";

export interface Health {
  /** Why nothing should be sent here yet, in sentences; empty when ready. */
  readonly unready: () => ReadonlyArray<string>;
  readonly metrics: Registry;
}

/**
 * `/healthz`: the process lives. `/readyz`: 200 when it can do its work, else 503 with the reasons. `/metrics`: Prometheus'
 * text format.
 */
export const registerHealth = (app: FastifyInstance, { unready, metrics }: Health): void => {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const reasons = unready();
    if (reasons.length === 0) return { status: "ready" };
    const found = problem(503, "Not ready", "NotReady", reasons.join(" "));
    return sendProblem(reply, { ...found, reasons });
  });
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
};
