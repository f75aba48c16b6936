import type { FastifyInstance } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Engine } from "../engine/engine.ts";
import { answerText, kpiRequestOf } from "./kpi-query.ts";
import { problem, sendProblem } from "./problem.ts";
import { reportArgsOf } from "./report-query.ts";

/**
 * `GET /api/kpis/METRIC?window=…&by=…&where=…&at=…&as_of=…&compare=…`: the bytes of `kpi --json`, and `GET /api/kpis?lang=…`
 * those of `kpi --list --json`.
 */
export const registerKpis = (app: FastifyInstance, engine: Pick<Engine, "kpi" | "report">): void => {
  app.get("/api/kpis", async (request, reply) => {
    const made = await engine.report("metrics", reportArgsOf(new URLSearchParams(request.url.split("?")[1] ?? "")));
    if (isLeft(made)) return sendProblem(reply, problem(400, "Wrong usage", made.left._tag, made.left.message));
    return reply.header("cache-control", "no-store").type("application/json").send(answerText(made.right));
  });
  app.get<{ Params: { metric: string } }>("/api/kpis/:metric", async (request, reply) => {
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    const asked = kpiRequestOf(request.params.metric, query);
    if (isLeft(asked)) return sendProblem(reply, problem(400, "Wrong usage", "BadQuery", asked.left));
    const answer = await engine.kpi(asked.right);
    if (isLeft(answer)) return sendProblem(reply, problem(400, "Wrong usage", answer.left._tag, answer.left.message));
    return reply.header("cache-control", "no-store").type("application/json").send(answerText(answer.right));
  });
};
