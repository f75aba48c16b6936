import type { FastifyRequest } from "fastify";

/**
 * Whether a page of ours sent a request, or a program that is no browser. Browsers say where a request that changes
 * something comes from: in `Sec-Fetch-Site`, the older ones in `Origin`. A request that says neither comes from no browser, and
 * then a cookie is no credential: those are sent along without anybody's wish.
 */
export const isSameOrigin = (request: FastifyRequest): boolean => {
  const { origin, host, cookie } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  if (origin !== undefined) return URL.canParse(origin) && new URL(origin).host === host;
  return cookie === undefined;
};
