import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { answerGuards, answerHeaders } from "./answer-headers.ts";
import { readBody } from "./request-body.ts";
import { isForeign } from "./request-origin.ts";
import { shownPassword } from "./shown-password.ts";
import { queryIdForm, readAsk, type SettingRefusal, type SqlAsk } from "./sql-ask.ts";
import type { SqlAnswer, SqlCaller, SqlDoor } from "./sql-door.ts";
import { codes, exceptionText, type SqlRefusal, sqlRefusal, statusOfCode } from "./sql-refusal.ts";

/** Who asks; `unknown`: the password is none of ours; `needed`: nobody may ask without one. */
export type CallerOf = (password: string | undefined) => SqlCaller | "unknown" | "needed";

export interface EndpointOptions {
  readonly door: SqlDoor;
  readonly callerOf: CallerOf;
  readonly settingRefusal: SettingRefusal;
}

const refusals = {
  unknown: sqlRefusal(
    codes.unknownLogin,
    "The password is no token that may ask in SQL: it is revoked, expired, mistyped, or lacks the right. npx leadwire tokens create NAME --can sql makes one; the user name is free.",
  ),
  needed: sqlRefusal(
    codes.passwordNeeded,
    "SQL asks for a token here: send one of npx leadwire tokens create NAME --can sql as the password; the user name is free.",
  ),
  foreign: sqlRefusal(
    codes.denied,
    "A page of another site sent this: only programs and the page's own console ask in SQL.",
  ),
  method: sqlRefusal(codes.badArguments, "Expected GET with ?query=…, or POST with the statement as its body."),
} as const;

/** Ends a request with an error in ClickHouse's form. */
const refuse = (response: ServerResponse, refusal: SqlRefusal, queryId?: string): void => {
  const status = statusOfCode(refusal.code);
  response.writeHead(status, {
    ...answerGuards,
    "Content-Type": "text/plain; charset=UTF-8",
    "X-ClickHouse-Exception-Code": refusal.code,
    ...(queryId === undefined ? {} : { "X-ClickHouse-Query-Id": queryId }),
    ...(status === 401 ? { "WWW-Authenticate": 'Basic realm="ClickHouse server HTTP API"' } : {}),
    ...(status === 503 ? { "Retry-After": 5 } : {}),
    // What follows of a body that is too long is not waited for.
    ...(response.req.complete ? {} : { Connection: "close" }),
  });
  response.end(exceptionText(refusal));
};

/**
 * Who takes nothing of an answer for so long holds a seat for nobody: ClickHouse has given its query up by then, which is not
 * heard behind what is still to be sent. As long as a query may run.
 */
const stalledMsMax = 60_000;

/** Sends an answer on as it comes. What breaks off is broken off here, too: it never looks complete. */
export const sendAnswer = async (
  response: ServerResponse,
  { message, body }: Pick<SqlAnswer, "body"> & { readonly message: Pick<IncomingMessage, "rawHeaders"> },
  headers: Readonly<Record<string, string>>,
  gone: AbortSignal,
  stalledMs = stalledMsMax,
): Promise<void> => {
  response.writeHead(200, { ...answerGuards, ...answerHeaders(message), ...headers });
  try {
    for await (const chunk of body) {
      if (response.write(chunk)) continue;
      const timer = setTimeout(() => response.destroy(), stalledMs);
      await once(response, "drain", { signal: gone }).finally(() => clearTimeout(timer));
    }
    response.end();
  } catch {
    // 1. The last bytes of an answer that breaks off say why. 2. Without its last chunk nobody takes it for whole.
    response.socket?.destroySoon();
  }
};

/** Aborted once the client is gone. */
export const goneOf = (response: ServerResponse): AbortSignal => {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  return gone.signal;
};

const queryOf = (request: IncomingMessage): URLSearchParams => {
  const url = request.url ?? "";
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
};

/** Whether a request to `/` is one for ClickHouse: a GET without a query is a browser's. */
export const isForEndpoint = (request: IncomingMessage): boolean => {
  const [path] = (request.url ?? "").split("?", 1);
  if (path === "/ping" || path === "/replicas_status") return true;
  if (path !== "/") return false;
  const isReading = request.method === "GET" || request.method === "HEAD";
  return !isReading || queryOf(request).has("query");
};

/** The name that a refused request gave its query; undefined where no header could hold it. */
const namedIn = (query: URLSearchParams): string | undefined => {
  const name = query.get("query_id") ?? "";
  return queryIdForm.test(name) ? name : undefined;
};

/**
 * The name of the query that JDBC's `Statement.cancel` ends, in these words; undefined where a statement is another. It is
 * the reader's own query in any case: nobody has another's name for it.
 */
const killedQuery = (sql: string): string | undefined =>
  /^\s*KILL QUERY WHERE query_id\s*=\s*'([\w.:+-]{1,100})'\s*(?:A?SYNC)?\s*;?\s*$/iu.exec(sql)?.[1];

const contentEncoding = (request: IncomingMessage): string | undefined => request.headers["content-encoding"];

/** ClickHouse's HTTP interface, for the requests of `isForEndpoint`. */
export class SqlEndpoint {
  readonly #options: EndpointOptions;

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  /** Answers a request; never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#handle(request, response);
    } catch {
      // The client went away while it sent the statement.
      response.destroy();
    }
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").split("?", 1)[0];
    if (path !== "/") {
      response
        .writeHead(200, { "Content-Type": "text/plain; charset=UTF-8", "Cache-Control": "no-store" })
        .end("Ok.\n");
      return;
    }
    if (request.method === "OPTIONS") {
      response.writeHead(204, { Allow: "GET, HEAD, POST, OPTIONS" }).end();
      return;
    }
    const query = queryOf(request);
    const asked = await this.#read(request, query);
    if (isLeft(asked)) return refuse(response, asked.left, namedIn(query));
    const { caller, ask } = asked.right;
    const { door } = this.#options;
    const killed = killedQuery(ask.sql);
    if (killed !== undefined) {
      door.cancel(caller.reader, killed);
      response.writeHead(200, { ...answerGuards, "Content-Type": "text/tab-separated-values; charset=UTF-8" }).end();
      return;
    }
    const gone = goneOf(response);
    const answer = await door.ask(caller, ask, gone);
    if (isLeft(answer)) return refuse(response, answer.left, ask.queryId);
    await sendAnswer(response, answer.right, { "X-ClickHouse-Query-Id": answer.right.queryId }, gone);
  }

  async #read(
    request: IncomingMessage,
    query: URLSearchParams,
  ): Promise<Either<SqlRefusal, { readonly caller: SqlCaller; readonly ask: SqlAsk }>> {
    const { headers, method } = request;
    const { callerOf, settingRefusal } = this.#options;
    if (isForeign(headers)) return left(refusals.foreign);
    if (method !== "GET" && method !== "HEAD" && method !== "POST") return left(refusals.method);
    const password = shownPassword(headers, query);
    if (isLeft(password)) return password;
    const caller = callerOf(password.right);
    if (caller === "unknown" || caller === "needed") return left(refusals[caller]);
    const body = await readBody(request, contentEncoding(request));
    if (isLeft(body)) return body;
    const ask = await readAsk({ headers, query, body: body.right }, settingRefusal);
    return isLeft(ask) ? ask : right({ caller, ask: ask.right });
  }
}
