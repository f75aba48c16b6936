import { type CallerOf, goneOf, isForeign, type SqlCaller, type SqlDoor, sendAnswer } from "@leadwire/query";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { problem, sendProblem } from "./problem.ts";
import { queryCost } from "./query-cost.ts";
import { sqlBodyOf } from "./sql-body.ts";
import { sqlProblem } from "./sql-problem.ts";

export interface SqlRouteOptions {
  readonly door: SqlDoor;
  readonly callerOf: CallerOf;
  /** The token of the page's login, where the page itself sent the request. */
  readonly cookieToken: (request: FastifyRequest) => string | undefined;
}

const needed =
  "SQL over HTTP asks for a token here: send one of npx leadwire tokens create NAME --can sql as authorization: Bearer TOKEN.";
const unknown = "The token may not ask in SQL: it is revoked, expired, mistyped, or lacks the right (--can sql).";
const foreign = "A page of another site sent this: only programs and the page's own console ask in SQL.";

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer +(\S+) *$/iu.exec(request.headers.authorization ?? "")?.[1];

/** Who asks; where nobody may, the refusal is sent. */
const callerOrRefusal = (
  request: FastifyRequest,
  reply: FastifyReply,
  { callerOf, cookieToken }: SqlRouteOptions,
): SqlCaller | undefined => {
  if (isForeign(request.headers)) {
    void sendProblem(reply, problem(403, "Not allowed", "ForeignOrigin", foreign));
    return undefined;
  }
  const bearer = bearerOf(request);
  const found = callerOf(bearer ?? cookieToken(request));
  if (found !== "needed" && found !== "unknown") return found;
  // A login of the page that lacks the right, or has ended, is no worse than none.
  const anybody = bearer === undefined ? callerOf(undefined) : found;
  if (anybody !== "needed" && anybody !== "unknown") return anybody;
  const status = found === "unknown" && bearer === undefined ? 403 : 401;
  void sendProblem(reply, problem(status, "Not allowed", "BadToken", found === "needed" ? needed : unknown));
  return undefined;
};

/**
 * `POST /api/sql` with `{"sql", "format"?, "parameters"?, "query_id"?, "stream"?}`: one statement that reads, as ClickHouse
 * formats it (default JSON). `DELETE /api/sql/QUERY_ID` cancels one of the caller's own.
 */
export const registerSqlRoute = (app: FastifyInstance, options: SqlRouteOptions): void => {
  const { door } = options;
  app.post("/api/sql", async (request, reply) => {
    const caller = callerOrRefusal(request, reply, options);
    if (caller === undefined) return reply;
    const ask = sqlBodyOf(request.body);
    if (isLeft(ask)) return sendProblem(reply, problem(400, "Wrong usage", "BadBody", ask.left));
    const gone = goneOf(reply.raw);
    const answer = await door.ask(caller, ask.right, gone);
    if (isLeft(answer)) {
      const found = sqlProblem(ask.right.sql, answer.left);
      if (found.status === 503) void reply.header("retry-after", "5");
      return sendProblem(reply, found);
    }
    reply.hijack();
    const { queryId, message } = answer.right;
    await sendAnswer(
      reply.raw,
      answer.right,
      { "x-clickhouse-query-id": queryId, ...queryCost(message.headers) },
      gone,
    );
    return reply;
  });
  app.delete<{ Params: { id: string } }>("/api/sql/:id", async (request, reply) => {
    const caller = callerOrRefusal(request, reply, options);
    if (caller === undefined) return reply;
    if (door.cancel(caller.reader, request.params.id)) return reply.code(204).send();
    const detail = "No query of yours runs under that id: it has ended, or it is another's.";
    return sendProblem(reply, problem(404, "Not found", "NoSuchQuery", detail));
  });
};
