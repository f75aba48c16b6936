import type { FastifyInstance } from "fastify";
import { askerOf, seesBoards, viewerOf } from "../access/access-guard.ts";
import { sendProblem } from "../problem.ts";
import { securityHeaders } from "../security-headers.ts";
import type { ConsoleSchema } from "./console-schema.ts";
import { noSql, registerQueryRoutes } from "./query-routes.ts";
import { QueryShelf } from "./query-shelf.ts";

export interface ConsoleOptions {
  /** `queries/` beside the config; absolute. It need not be there. */
  readonly queriesFolder: string;
  readonly schema: Pick<ConsoleSchema, "timeZone" | "views" | "functions"> & {
    /** Views of the whole company: nobody has them who sees some rows alone. */
    readonly companyViews: ReadonlyArray<string>;
  };
}

/**
 * What the SQL console asks for beside its answers (`POST /api/sql` is the query service's): the schema and the saved queries.
 * The app has to be guarded (guardApp) before it answers; the page itself stands with the others (registerWallboard).
 */
export const registerConsole = (app: FastifyInstance, { queriesFolder, schema }: ConsoleOptions): void => {
  registerQueryRoutes(app, new QueryShelf(queriesFolder));
  app.get("/api/sql/schema", (request, reply) => {
    const asker = askerOf(request);
    if (asker === undefined) return sendProblem(reply, noSql);
    const { companyViews, views, ...same } = schema;
    const { where } = asker;
    const seen = where.length === 0 ? views : views.filter(({ name }) => !companyViews.includes(name));
    const answer: ConsoleSchema = {
      ...same,
      views: seen,
      where,
      canEdit: viewerOf(request).canEdit,
      seesBoards: seesBoards(request),
    };
    return reply
      .headers({ ...securityHeaders, "cache-control": "no-store" })
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(answer));
  });
};
