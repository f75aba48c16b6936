import { named, type Schema } from "../schemas/schema.ts";
import { answered, bare, etagHeader, inHeader, inPath, json, operation, type Paths, refusals } from "./operation.ts";

const tag = "sql";
const name = inPath("name", "The saved query.");
const ifMatch = inHeader("If-Match", "The ETag of the query that you changed.");

const rows: Schema = {
  description: "As ClickHouse formats it, streamed.",
  headers: {
    "x-leadwire-query-cost": {
      description: "Rows and bytes read, rows of the result, memory, elapsed time: JSON, where ClickHouse says it.",
      schema: { type: "string" },
    },
  },
  content: { "application/json": { schema: {} }, "text/plain": { schema: { type: "string" } } },
};

const saved = {
  get: operation({
    id: "getQuery",
    tag,
    summary: "A saved query.",
    parameters: [name],
    responses: { 200: answered("The query.", named("SavedQuery"), etagHeader), ...refusals(401, 403, 404) },
  }),
  put: operation({
    id: "saveQuery",
    tag,
    summary: "Saves a query for everybody.",
    parameters: [name, ifMatch, inHeader("If-None-Match", "`*` for a new query.")],
    body: json(named("SavedQuery")),
    responses: {
      200: answered("Saved.", named("SavedQuery"), etagHeader),
      201: answered("Made.", named("SavedQuery"), etagHeader),
      ...refusals(400, 401, 403, 404, 412, 413, 428),
    },
  }),
  delete: operation({
    id: "deleteQuery",
    tag,
    summary: "Takes a saved query away.",
    parameters: [name, ifMatch],
    responses: { 204: bare("It is gone."), ...refusals(401, 403, 404, 412, 428) },
  }),
};

/** ClickHouse's own protocol stands at `/`: its clients know it, and this document does not say it again. */
export const sqlPaths: Paths = {
  "/api/sql": {
    post: operation({
      id: "runSql",
      tag,
      summary: "One statement that reads.",
      body: json(named("SqlRequest")),
      responses: { 200: rows, ...refusals(400, 401, 403, 413, 422, 429, 503) },
    }),
  },
  "/api/sql/{id}": {
    delete: operation({
      id: "cancelSql",
      tag,
      summary: "Ends a statement of your own that runs.",
      parameters: [inPath("id", "The `query_id` that it was sent with.")],
      responses: { 204: bare("It ends."), ...refusals(401, 403, 404) },
    }),
  },
  "/api/sql/schema": {
    get: operation({
      id: "getSqlSchema",
      tag,
      summary: "Views, columns and functions that you may ask for.",
      responses: { 200: answered("The schema.", named("SqlSchema")), ...refusals(401, 403) },
    }),
  },
  "/api/queries": {
    get: operation({
      id: "listQueries",
      tag,
      summary: "The saved queries.",
      responses: { 200: answered("By name.", named("QueryList")), ...refusals(401, 403) },
    }),
  },
  "/api/queries/{name}": saved,
};
