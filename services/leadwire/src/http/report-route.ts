import type { FastifyInstance } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Engine } from "../engine/engine.ts";
import { answerText } from "./kpi-query.ts";
import { problem, sendProblem } from "./problem.ts";
import { reportArgsOf } from "./report-query.ts";

/** `GET /api/reports/NAME?arg=…`: the bytes of the command's `--json`. */
export const registerReports = (app: FastifyInstance, engine: Pick<Engine, "report">): void => {
  app.get<{ Params: { name: string } }>("/api/reports/:name", async (request, reply) => {
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    const made = await engine.report(request.params.name, reportArgsOf(query));
    if (isLeft(made)) return sendProblem(reply, problem(400, "Wrong usage", made.left._tag, made.left.message));
    return reply.header("cache-control", "no-store").type("application/json").send(answerText(made.right));
  });
};
