import { catalogue } from "@leadwire/kpis/catalogue";
import type { FastifyInstance } from "fastify";
import { sendJson } from "./answer-etag.ts";
import { answerText } from "./kpi-query.ts";

/** `GET /api/openapi.json`: what can be asked here, for programs. It holds nothing of the company. */
export const registerOpenApi = (app: FastifyInstance): void => {
  let text: string | undefined;
  app.get("/api/openapi.json", async (request, reply) => {
    // Nobody asks for it but to make a client: no start waits for it.
    const { openApiDocument } = await import("@leadwire/api");
    text ??= answerText(openApiDocument(catalogue));
    return sendJson(request, reply, text);
  });
};
