import { isForEndpoint, type SqlEndpoint } from "@leadwire/query";
import type { FastifyInstance } from "fastify";

/**
 * Answers what is meant for ClickHouse's HTTP interface, in front of every route: it has keys of its own, and reads and writes
 * the connection by itself. To be added before any guard.
 */
export const registerEndpoint = (app: FastifyInstance, endpoint: SqlEndpoint): void => {
  app.addHook("onRequest", async (request, reply) => {
    if (!isForEndpoint(request.raw)) return undefined;
    reply.hijack();
    await endpoint.handle(request.raw, reply.raw);
    return reply;
  });
};
