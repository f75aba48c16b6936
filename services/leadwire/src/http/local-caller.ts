import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { problem, sendProblem } from "./problem.ts";

const localNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The name in a Host header without its port, in lower case; empty where there is none. */
const hostName = (header: string | undefined): string =>
  (header ?? "").replace(/:\d+$/u, "").replace(/\.$/u, "").toLowerCase();

/**
 * Refuses requests meant for another name. A page of any site can make a browser call 127.0.0.1 under a name of its own
 * (DNS rebinding) and read the answer; the Host header gives it away.
 */
export const refuseForeignHosts = (app: FastifyInstance, alsoAllowed?: string): void => {
  app.addHook("onRequest", async (request, reply) => {
    const name = hostName(request.headers.host);
    if (localNames.has(name) || (alsoAllowed !== undefined && name === alsoAllowed.toLowerCase())) return undefined;
    const detail = `The Host header names "${name}"; expected localhost or 127.0.0.1. Call the address that was printed at start.`;
    return sendProblem(reply, problem(421, "Wrong host", "WrongHost", detail));
  });
};

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Whether a request carries the token, compared in constant time. */
export const bearsToken = (request: FastifyRequest, token: string): boolean =>
  timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${token}`));
