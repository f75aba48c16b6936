import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../problem.ts";
import { tokenOfCookie } from "./access-cookie.ts";
import { type BoardAccess, seesEverything, type Viewer } from "./board-access.ts";
import { isSameOrigin } from "./same-origin.ts";

export interface GuardOptions {
  readonly access: BoardAccess;
  /** What this machine's own commands and programs show as `authorization: Bearer …`: they may read every number. */
  readonly passes: ReadonlyArray<string>;
  /** Streams are held against what their tokens are worth so often (default 1,000). */
  readonly sweepMs?: number;
}

/** What anybody may ask for: the way in, and the page's own code. */
const open: ReadonlySet<string> = new Set(["/login", "/logout", "/tv/:token", "/assets/:name"]);
/** These have keys of their own: the door for events, the command line's routes, SQL. */
const hasOwnKeys = /^\/(?:v1|internal)\/|^\/api\/sql$/u;
/** Answers of no board: for those who may see all of them. */
const ofNoBoard = /^\/api\/(?:kpis|reports)(?:\/|$)/u;
const forData = /^\/(?:api|images)\//u;

const machine: Viewer = { name: null, canEdit: false, boards: [], tv: null, expiresMs: null };
const viewers = new WeakMap<FastifyRequest, Viewer>();

/** Who asks. Throws where no guard let the request in: such a route must not answer. */
export const viewerOf = (request: FastifyRequest): Viewer => {
  const found = viewers.get(request);
  if (found === undefined) throw new Error(`nobody guards ${request.method} ${request.routeOptions.url ?? ""}`);
  return found;
};

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

interface Shown {
  readonly viewer: Viewer | null;
  /** Undefined where none was shown, or it never ends. */
  readonly token?: string;
}

const shownBy = (request: FastifyRequest, { access, passes }: GuardOptions): Shown => {
  const bearer = /^Bearer +(\S+) *$/iu.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    const asked = digest(bearer);
    if (passes.some((pass) => timingSafeEqual(digest(pass), asked))) return { viewer: machine };
    return { viewer: access.viewerOf(bearer) ?? null, token: bearer };
  }
  const token = tokenOfCookie(request);
  const viewer = token === undefined ? undefined : access.viewerOf(token);
  if (token !== undefined && viewer !== undefined) return { viewer, token };
  return { viewer: access.anyone };
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
    for (const [response, token] of answering) if (options.access.viewerOf(token) === undefined) response.destroy();
  }, options.sweepMs ?? 1_000);
  app.addHook("preClose", (done) => {
    clearInterval(sweep);
    done();
  });
  app.addHook("onRequest", async (request, reply) => {
    // The pattern, not the path: however a path is written, it is the route that answers.
    const route = request.routeOptions.url;
    if (route === undefined || open.has(route) || hasOwnKeys.test(route)) return undefined;
    const { viewer, token } = shownBy(request, options);
    if (viewer === null) return askForLogin(request, reply, route);
    if (!isReading(request) && !isSameOrigin(request)) return foreign(reply);
    if (!isReading(request) && !viewer.canEdit) return readOnly(reply);
    if (ofNoBoard.test(route) && !seesEverything(viewer)) return notThese(reply);
    viewers.set(request, viewer);
    if (token === undefined) return undefined;
    answering.set(reply.raw, token);
    reply.raw.once("close", () => void answering.delete(reply.raw));
    return undefined;
  });
};
