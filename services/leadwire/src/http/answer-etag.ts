import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

const isHeld = (header: string | undefined, etag: string): boolean =>
  (header ?? "").split(",").some((held) => held.trim() === "*" || held.trim().replace(/^W\//u, "") === etag);

/**
 * Sends JSON with a strong ETag over its bytes, or 304 to whoever has them. A cache keeps it for this caller alone and asks
 * before it shows it: the next event may change it.
 */
export const sendJson = (request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply => {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
  void reply.headers({ etag, "cache-control": "private, no-cache", vary: "authorization, cookie" });
  if (isHeld(request.headers["if-none-match"], etag)) return reply.code(304).send();
  return reply.type("application/json").send(text);
};
