import type { FastifyRequest } from "fastify";

/** As browsers bound it: a screen that hangs for longer is given its link again. */
const ageSecondsMax = 400 * 86_400;

/** Whether the browser came over TLS: a proxy that ends it says so. Who lies about it harms themselves alone. */
const isSecure = (request: FastifyRequest): boolean => {
  const forwarded = request.headers["x-forwarded-proto"];
  return (typeof forwarded === "string" ? forwarded.split(",")[0]?.trim() : request.protocol) === "https";
};

/** Under `__Host-` no neighbour on a sister domain can put a cookie of its own in this one's place. */
const nameOf = (request: FastifyRequest): string => (isSecure(request) ? "__Host-leadwire" : "leadwire");

const cookie = (request: FastifyRequest, value: string, maxAgeSeconds: number): string =>
  `${nameOf(request)}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${isSecure(request) ? "; Secure" : ""}`;

/** The token of a request's cookie. */
export const tokenOfCookie = (request: FastifyRequest): string | undefined => {
  const name = nameOf(request);
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
};

/** The header that keeps a token in the browser, out of every script's reach, for as long as it is worth something. */
export const keptCookie = (request: FastifyRequest, token: string, forMs: number | null): string =>
  cookie(request, token, forMs === null ? ageSecondsMax : Math.min(ageSecondsMax, Math.floor(forMs / 1_000)));

export const clearedCookie = (request: FastifyRequest): string => cookie(request, "", 0);
