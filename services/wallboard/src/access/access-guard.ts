import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../problem.ts";
import { tokenOfCookie } from "./access-cookie.ts";
import { type BoardAccess, type SqlAsker, seesEverything, type Viewer } from "./board-access.ts";
import { isSameOrigin } from "./same-origin.ts";

export interface GuardOptions {
  readonly access: BoardAccess;
  /** What this machine's own commands and programs show as `authorization: Bearer …`: they may read every number. */
  readonly passes: ReadonlyArray<string>;
  /** Streams are held against what their tokens are worth so often (default 1,000). */
  readonly sweepMs?: number;
}

/** What anybody may ask for: the way in, the page's own code, and how programs ask. */
const open: ReadonlySet<string> = new Set(["/login", "/logout", "/tv/:token", "/assets/:name", "/api/openapi.json"]);
/** These have keys of their own: the door for events, the command line's routes, SQL. */
const hasOwnKeys = /^\/(?:v1|internal)\/|^\/api\/sql(?:\/:id)?$/u;
/** Answers of no board: for those who may see all of them. */
const ofNoBoard = /^\/api\/(?:kpis|reports)(?:\/|$)/u;
const forData = /^\/(?:api|images)\//u;
/** The console and what it keeps: also for those who may ask in SQL and see no board. */
const ofConsole = /^\/sql(?:\/:name)?$|^\/api\/(?:sql\/schema|queries)(?:\/:name)?$/u;
/** Numbers, and what they are numbers of: whoever asks in SQL reads them too, held to the same rows (`askerOf`). */
const ofNumbers = /^\/api\/(?:kpis|reports)(?:\/|$)|^\/api\/catalogue$/u;

const machine: Viewer = { name: null, canEdit: false, boards: [], tv: null, expiresMs: null };
const machineAsker: SqlAsker = { name: null, where: [], expiresMs: null };
const viewers = new WeakMap<FastifyRequest, Viewer>();
const askers = new WeakMap<FastifyRequest, SqlAsker>();
/** One who asks in SQL and sees no board. */
const noBoards: Viewer = { name: null, canEdit: false, boards: [], tv: null, expiresMs: null };

/** Who asks. Throws where no guard let the request in: such a route must not answer. */
export const viewerOf = (request: FastifyRequest): Viewer => {
  const found = viewers.get(request);
  if (found === undefined) throw new Error(`nobody guards ${request.method} ${request.routeOptions.url ?? ""}`);
  return found;
};

/** Whether whoever asks sees any board, and not only what SQL answers. */
export const seesBoards = (request: FastifyRequest): boolean => viewerOf(request) !== noBoards;

/** Who asks in SQL; undefined where whoever asks may not. */
export const askerOf = (request: FastifyRequest): SqlAsker | undefined => askers.get(request);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

interface Shown {
  readonly viewer: Viewer | null;
  readonly asker: SqlAsker | undefined;
  /** Undefined where none was shown, or it never ends. */
  readonly token?: string;
}

const shownBy = (request: FastifyRequest, { access, passes }: GuardOptions): Shown => {
  const bearer = /^Bearer +(\S+) *$/iu.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    const asked = digest(bearer);
    if (passes.some((pass) => timingSafeEqual(digest(pass), asked))) return { viewer: machine, asker: machineAsker };
    return { viewer: access.viewerOf(bearer) ?? null, asker: access.askerOf?.(bearer), token: bearer };
  }
  const token = tokenOfCookie(request);
  if (token !== undefined) {
    const [viewer, asker] = [access.viewerOf(token), access.askerOf?.(token)];
    if (viewer !== undefined || asker !== undefined) return { viewer: viewer ?? null, asker, token };
  }
  return { viewer: access.anyone, asker: access.anyoneAsks ?? undefined };
};

const askForLogin = (request: FastifyRequest, reply: FastifyReply, route: string): FastifyReply => {
  if (!forData.test(route))
    return reply.header("cache-control", "no-store").redirect(`/login?next=${encodeURIComponent(request.url)}`, 303);
  const detail =
    "This needs a login: open /login in a browser, or send a token of npx leadwire tokens create as authorization: Bearer TOKEN.";
  return sendProblem(reply, { status: 401, title: "Not logged in", code: "LoginNeeded", detail });
};

const readOnly = (reply: FastifyReply): FastifyReply => {
  const detail = "This token may look and not save: make one with npx leadwire tokens create NAME --can edit.";
  return sendProblem(reply, { status: 403, title: "Not allowed", code: "ReadOnly", detail });
};

const foreign = (reply: FastifyReply): FastifyReply => {
  const detail = "A page of another site sent this: only the board's own page saves with a cookie.";
  return sendProblem(reply, { status: 403, title: "Not allowed", code: "ForeignOrigin", detail });
};

const notThese = (reply: FastifyReply): FastifyReply => {
  const detail = "This token sees some boards alone, and this answer belongs to none: ask with one for all boards.";
  return sendProblem(reply, { status: 403, title: "Not allowed", code: "OtherBoards", detail });
};

const isReading = (request: FastifyRequest): boolean => request.method === "GET" || request.method === "HEAD";

/**
 * Lets in who may come in, before any route of the app answers: every route that is not named here needs a viewer, whatever it
 * is called. Answers that are still being sent end within `sweepMs` of their token's end.
 */
export const guardApp = (app: FastifyInstance, options: GuardOptions): void => {
  const answering = new Map<FastifyReply["raw"], string>();
  const sweep = setInterval(() => {
    const { viewerOf: seer, askerOf: asking } = options.access;
    for (const [response, token] of answering)
      if (seer(token) === undefined && asking?.(token) === undefined) response.destroy();
  }, options.sweepMs ?? 1_000);
  // An app that is never opened, since its page does not compile, keeps no process alive.
  sweep.unref();
  app.addHook("preClose", (done) => {
    clearInterval(sweep);
    done();
  });
  app.addHook("onRequest", async (request, reply) => {
    // The pattern, not the path: however a path is written, it is the route that answers.
    const route = request.routeOptions.url;
    if (route === undefined || open.has(route) || hasOwnKeys.test(route)) return undefined;
    const { viewer: seen, asker, token } = shownBy(request, options);
    const viewer = seen ?? (asker !== undefined && (ofConsole.test(route) || ofNumbers.test(route)) ? noBoards : null);
    if (viewer === null && asker !== undefined && route === "/") return reply.redirect("/sql", 303);
    if (viewer === null) return askForLogin(request, reply, route);
    if (!isReading(request) && !isSameOrigin(request)) return foreign(reply);
    if (!isReading(request) && !viewer.canEdit) return readOnly(reply);
    if (ofNoBoard.test(route) && !seesEverything(viewer)) return notThese(reply);
    viewers.set(request, viewer);
    if (asker !== undefined) askers.set(request, asker);
    if (token === undefined) return undefined;
    answering.set(reply.raw, token);
    reply.raw.once("close", () => void answering.delete(reply.raw));
    return undefined;
  });
};
