import type { FastifyRequest } from "fastify";
import type { Problem } from "./problem.ts";

/**
 * The state that a save is to take the place of: an etag, null for none yet, undefined where the request does not say.
 * `held`: the etag of what is there.
 */
export const expectedBy = ({ headers }: FastifyRequest, held: string | undefined): string | null | undefined => {
  const match = headers["if-match"];
  if (match !== undefined) return match.trim() === "*" ? (held ?? "") : match.trim().replace(/^W\//u, "");
  return headers["if-none-match"]?.trim() === "*" ? null : undefined;
};

/** Where a save does not say what it replaces. */
export const unconditional = (what: string): Problem => ({
  status: 428,
  title: "What is it to replace?",
  code: "NoPrecondition",
  detail: `Send If-Match with the ETag of the ${what} that you changed, or If-None-Match: "*" without quotes for a new one.`,
});
