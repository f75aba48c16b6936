import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isLeft } from "fp-ts/lib/Either.js";
import { askerOf, viewerOf } from "../access/access-guard.ts";
import { expectedBy, unconditional } from "../precondition.ts";
import { type Problem, sendProblem } from "../problem.ts";
import { securityHeaders } from "../security-headers.ts";
import { type QueryFault, type QueryShelf, queryBytesMax } from "./query-shelf.ts";
import type { ChartChoice, QueriesAnswer, SavedQuery } from "./saved-query.ts";

type OfQuery = { Params: { name: string } };

const send = (reply: FastifyReply, answer: unknown): FastifyReply =>
  reply
    .headers({ ...securityHeaders, "cache-control": "no-store" })
    .type("application/json; charset=utf-8")
    .send(JSON.stringify(answer));

/** Said to whoever may not ask in SQL, on every route of the console. */
export const noSql: Problem = {
  status: 403,
  title: "Not allowed",
  code: "NoSql",
  detail:
    "This login may not ask in SQL. Whoever runs Leadwire makes a token that may: npx leadwire tokens create NAME --can sql.",
};

const noQuery = (name: string): Problem => ({
  status: 404,
  title: "Not found",
  code: "NoQuery",
  detail: `There is no saved query ${JSON.stringify(name)} here. /api/queries lists those that there are.`,
});

const faultProblem = (name: string, fault: QueryFault): Problem => {
  if (fault._tag === "BadName") {
    const detail = `${JSON.stringify(name)} is no name of a query: up to 60 letters, digits, - and _.`;
    return { status: 400, title: "Wrong name", code: "BadName", detail };
  }
  const detail =
    fault.etag === null
      ? `There is no query ${name} any more: send If-None-Match: * to make it anew.`
      : `The query ${name} was changed, or made, since you read it. Read it again, and make your change there.`;
  return { status: 412, title: "Changed meanwhile", code: "Changed", detail, more: { etag: fault.etag } };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const chartOf = (value: unknown): ChartChoice | null | undefined => {
  if (value === null || value === undefined) return null;
  if (!isRecord(value)) return undefined;
  const { kind, x, y, series = null } = value;
  if (kind !== "line" && kind !== "bar" && kind !== "scatter") return undefined;
  if (typeof x !== "string" || typeof y !== "string") return undefined;
  return series === null || typeof series === "string" ? { kind, x, y, series } : undefined;
};

const queryOf = (name: string, body: unknown): SavedQuery | undefined => {
  if (!isRecord(body)) return undefined;
  const { sql, title = "", description = "" } = body;
  const chart = chartOf(body.chart);
  if (typeof sql !== "string" || typeof title !== "string" || typeof description !== "string") return undefined;
  return chart === undefined || sql.trim() === "" ? undefined : { name, title, description, sql, chart };
};

const badBody: Problem = {
  status: 400,
  title: "Not a query",
  code: "BadBody",
  detail:
    'Expected JSON such as {"sql": "SELECT …", "title": "Win rate by channel", "description": "", "chart": {"kind": "bar", "x": "channel", "y": "win_rate", "series": null}}.',
};

/** What the disk says against writing: no broken invariant, and nothing that the page can mend. */
const notWritten = (fault: unknown): Problem | undefined => {
  if (!(fault instanceof Error) || !("code" in fault) || typeof fault.code !== "string") return undefined;
  const detail = `The folder queries/ cannot be written (${fault.code}). Make it writable for Leadwire, or change the file itself.`;
  return { status: 500, title: "Not saved", code: "NotWritten", detail };
};

/** `/api/queries` and `/api/queries/NAME` (GET, PUT, DELETE), for those who may ask in SQL; saving takes the right to edit, too. */
export const registerQueryRoutes = (app: FastifyInstance, shelf: QueryShelf): void => {
  const forAskers =
    <Request extends FastifyRequest>(answer: (request: Request, reply: FastifyReply) => Promise<FastifyReply>) =>
    async (request: Request, reply: FastifyReply): Promise<FastifyReply> =>
      askerOf(request) === undefined ? sendProblem(reply, noSql) : answer(request, reply);

  app.get(
    "/api/queries",
    forAskers(async (request, reply) => {
      const queries = (await shelf.all()).map(({ name, title, description }) => ({ name, title, description }));
      const answer: QueriesAnswer = { queries, canEdit: viewerOf(request).canEdit };
      return send(reply, answer);
    }),
  );

  app.get<OfQuery>(
    "/api/queries/:name",
    forAskers<FastifyRequest<OfQuery>>(async ({ params: { name } }, reply) => {
      const found = await shelf.read(name);
      return found === undefined
        ? sendProblem(reply, noQuery(name))
        : send(reply.header("etag", found.etag), found.query);
    }),
  );

  app.put<OfQuery>(
    "/api/queries/:name",
    { bodyLimit: queryBytesMax },
    forAskers<FastifyRequest<OfQuery>>(async (request, reply) => {
      const { name } = request.params;
      const expected = expectedBy(request, (await shelf.read(name))?.etag);
      if (expected === undefined) return sendProblem(reply, unconditional("query"));
      const query = queryOf(name, request.body);
      if (query === undefined) return sendProblem(reply, badBody);
      try {
        const saved = await shelf.save(query, expected);
        if (isLeft(saved)) return sendProblem(reply, faultProblem(name, saved.left));
        return send(reply.code(expected === null ? 201 : 200).header("etag", saved.right.etag), saved.right.query);
      } catch (fault) {
        const told = notWritten(fault);
        if (told === undefined) throw fault;
        return sendProblem(reply, told);
      }
    }),
  );

  app.delete<OfQuery>(
    "/api/queries/:name",
    forAskers<FastifyRequest<OfQuery>>(async (request, reply) => {
      const { name } = request.params;
      const held = await shelf.read(name);
      if (held === undefined) return sendProblem(reply, noQuery(name));
      const expected = expectedBy(request, held.etag);
      if (expected === undefined || expected === null) return sendProblem(reply, unconditional("query"));
      const removed = await shelf.remove(name, expected);
      if (isLeft(removed)) return sendProblem(reply, faultProblem(name, removed.left));
      return reply.code(204).headers(securityHeaders).send();
    }),
  );
};
