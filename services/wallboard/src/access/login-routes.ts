import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { languageOf } from "../language-of.ts";
import { clearedCookie, keptCookie } from "./access-cookie.ts";
import type { BoardAccess, SqlAsker, TvPlace, Viewer } from "./board-access.ts";
import { deadLinkPage, type LoginPage, loginHeaders, loginPage, openingPage } from "./login-page.ts";
import { LoginRate } from "./login-rate.ts";
import { isSameOrigin } from "./same-origin.ts";

export interface LoginOptions {
  readonly access: BoardAccess;
  readonly nowMs: () => number;
}

/** A token and an address fit in twice. */
const formBytesMax = 4_096;

/** A path of ours to go on to; the first board where the one asked for leads anywhere else. */
export const localPath = (wanted: string): string => {
  const ours = "http://here.invalid";
  if (!wanted.startsWith("/") || !URL.canParse(wanted, ours)) return "/";
  const { origin, pathname, search } = new URL(wanted, ours);
  return origin === ours && !pathname.startsWith("//") ? pathname + search : "/";
};

const tvPath = ({ kind, id }: TvPlace): string => `/${kind}/${encodeURIComponent(id)}?tv`;

/** Where a login leads: a screen to its place, who may only ask in SQL to the console, everybody else where they wanted to go. */
const placeOf = (bearer: Viewer | SqlAsker, next: string): string => {
  if (!("tv" in bearer)) return /^\/sql(?:\/|$)/u.test(next) ? next : "/sql";
  return bearer.tv === null ? next : tvPath(bearer.tv);
};

const sendPage = (reply: FastifyReply, status: number, text: string, referrer = "no-referrer"): FastifyReply => {
  const headers = { ...loginHeaders, "referrer-policy": referrer };
  return reply.code(status).headers(headers).type("text/html; charset=utf-8").send(text);
};

/**
 * The way in: `GET /login` (a form; works without a script), `POST /login`, `POST /logout`, and `GET /tv/TOKEN`, which a screen
 * opens once: the token goes into the cookie and is gone from the address.
 */
export const registerLogin = (app: FastifyInstance, { access, nowMs }: LoginOptions): void => {
  const rate = new LoginRate();

  const form = (request: FastifyRequest, reply: FastifyReply, status: number, shown: Omit<LoginPage, "language">) => {
    const language = languageOf(request.headers["accept-language"]);
    // Without TLS a form says where it comes from in `Origin` alone, which a page without any referrer leaves out.
    return sendPage(reply, status, loginPage({ ...shown, language }), "same-origin");
  };

  /** Who bears the token; null after the refusal was sent for an address that has tried too often. */
  const bearer = (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    next: string,
  ): Viewer | SqlAsker | undefined | null => {
    const now = nowMs();
    const waitMs = rate.waitMs(request.ip, now);
    if (waitMs > 0) {
      const seconds = String(Math.ceil(waitMs / 1_000));
      void reply.header("retry-after", seconds);
      void form(request, reply, 429, { next, wrong: ({ wait }) => wait.replace("{seconds}", seconds) });
      return null;
    }
    const viewer = access.viewerOf(token) ?? access.askerOf?.(token);
    if (viewer === undefined) rate.failed(request.ip, now);
    return viewer;
  };

  const keep = (
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    { expiresMs }: SqlAsker | Viewer,
  ): FastifyReply =>
    reply.header("set-cookie", keptCookie(request, token, expiresMs === null ? null : expiresMs - nowMs()));

  void app.register(async (scope) => {
    const type = "application/x-www-form-urlencoded";
    scope.addContentTypeParser(type, { parseAs: "string", bodyLimit: formBytesMax }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    scope.get<{ Querystring: { next?: unknown } }>("/login", (request, reply) => {
      const { next } = request.query;
      return form(request, reply, 200, { next: localPath(typeof next === "string" ? next : "/") });
    });
    scope.post("/login", (request, reply) => {
      const sent = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const next = localPath(sent.get("next") ?? "/");
      // Else a page of another site could log its visitor in with a token of its own.
      if (!isSameOrigin(request)) return form(request, reply, 403, { next, wrong: ({ foreign }) => foreign });
      const token = (sent.get("token") ?? "").trim();
      const viewer = bearer(request, reply, token, next);
      if (viewer === null) return reply;
      if (viewer === undefined) return form(request, reply, 401, { next, wrong: ({ wrong }) => wrong });
      return keep(request, reply, token, viewer).headers(loginHeaders).redirect(placeOf(viewer, next), 303);
    });
    scope.post("/logout", (request, reply) => {
      if (!isSameOrigin(request)) return form(request, reply, 403, { next: "/", wrong: ({ foreign }) => foreign });
      return reply.header("set-cookie", clearedCookie(request)).headers(loginHeaders).redirect("/login", 303);
    });
    scope.get<{ Params: { token: string } }>("/tv/:token", (request, reply) => {
      const { token } = request.params;
      const viewer = bearer(request, reply, token, "/");
      if (viewer === null) return reply;
      const language = languageOf(request.headers["accept-language"]);
      if (viewer === undefined || !("tv" in viewer) || viewer.tv === null)
        return sendPage(reply, 404, deadLinkPage(language));
      return sendPage(keep(request, reply, token, viewer), 200, openingPage(language, tvPath(viewer.tv)));
    });
  });
};
