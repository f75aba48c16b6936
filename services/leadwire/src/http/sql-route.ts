import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Engine } from "../engine/engine.ts";
import { bearsToken } from "./local-caller.ts";
import { problem, sendProblem } from "./problem.ts";

export interface SqlRouteOptions {
  /** What a request has to show as `authorization: Bearer …`; without one only this machine may ask. */
  readonly token: string | undefined;
  /** Only this machine can reach the route. */
  readonly isLocal: boolean;
}

/** A statement, and the format of its answer where the statement names none. */
interface SqlRequest {
  readonly sql: string;
  readonly format?: string;
}

const requestOf = (body: unknown): SqlRequest | undefined => {
  if (typeof body !== "object" || body === null || !("sql" in body) || typeof body.sql !== "string") return undefined;
  if (!("format" in body)) return { sql: body.sql, format: "JSON" };
  return typeof body.format === "string" ? { sql: body.sql, format: body.format } : undefined;
};

const refusal = (
  request: FastifyRequest,
  reply: FastifyReply,
  { token, isLocal }: SqlRouteOptions,
): FastifyReply | undefined => {
  if (token === undefined && isLocal) return undefined;
  if (token !== undefined && bearsToken(request, token)) return undefined;
  const detail =
    token === undefined
      ? "SQL over HTTP asks for a token here, and none is configured: set LEADWIRE_API_TOKEN, or LEADWIRE_API_TOKEN_FILE."
      : "Send the token of LEADWIRE_API_TOKEN as authorization: Bearer TOKEN.";
  return sendProblem(reply, problem(401, "Not allowed", "BadToken", detail));
};

/** `POST /api/sql` with `{"sql": …, "format": …}`: one SELECT over the views, as ClickHouse formats it (default JSON). */
export const registerSqlRoute = (app: FastifyInstance, engine: Pick<Engine, "sql">, options: SqlRouteOptions): void => {
  app.post("/api/sql", async (request, reply) => {
    const refused = refusal(request, reply, options);
    if (refused !== undefined) return refused;
    const asked = requestOf(request.body);
    if (asked === undefined) {
      const detail = 'Expected JSON such as {"sql": "SELECT count() FROM leads", "format": "JSON"}.';
      return sendProblem(reply, problem(400, "Wrong usage", "BadBody", detail));
    }
    const answer = await engine.sql(asked.sql, asked.format);
    if (isLeft(answer)) {
      const { _tag, message } = answer.left;
      return sendProblem(reply, problem(_tag === "Unavailable" ? 503 : 422, "No answer", _tag, message));
    }
    const { buffer, byteOffset, byteLength } = answer.right;
    const type = asked.format?.toLowerCase() === "json" ? "application/json" : "text/plain; charset=utf-8";
    return reply
      .header("cache-control", "no-store")
      .type(type)
      .send(Buffer.from(buffer, byteOffset, byteLength));
  });
};
