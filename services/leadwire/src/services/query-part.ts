import { setTimeout as sleep } from "node:timers/promises";
import { ZoneCalendar } from "@leadwire/funnel";
import { askerOf, isSameOrigin, tokenOfCookie } from "@leadwire/wallboard";
import type { FastifyRequest } from "fastify";
import { followGrants } from "../access/access-grants.ts";
import { leadSealer } from "../cluster/lead-sealer.ts";
import { ClusterEngine } from "../engine/cluster-engine.ts";
import { registerEngine } from "../http/engine-server.ts";
import { openSql } from "./open-sql.ts";
import type { ServicePart, StoreScope } from "./service-part.ts";

const hexOf =
  (randomKey: () => Uint8Array) =>
  (bytes: number): string =>
    Buffer.from(randomKey()).subarray(0, bytes).toString("hex");

/** KPI answers and ad hoc SQL over HTTP; with a token, also what the command line asks for. */
export const openQueryPart = async (scope: StoreScope): Promise<ServicePart> => {
  const { workspace, secrets, internalToken } = scope;
  const cluster = new ClusterEngine({
    ...scope,
    calendar: new ZoneCalendar(workspace.timeZone),
    sleep: (ms) => sleep(ms),
    close: async () => undefined,
  });
  const sealer = leadSealer(scope);
  const engine = { ...cluster, seal: sealer.seal };
  const grants = await followGrants(scope);
  const sql = await openSql({ ...scope, grants, apiToken: secrets.apiToken, randomHex: hexOf(scope.randomKey) });
  return {
    engine,
    beforeGuard: sql.registerEndpoint,
    routes: (app) => {
      const rowsOf = (request: FastifyRequest) => askerOf(request)?.where ?? [];
      registerEngine(app, engine, { token: internalToken, rowsOf, nowMs: scope.nowMs });
      sql.registerRoutes(app, (request) => (isSameOrigin(request) ? tokenOfCookie(request) : undefined));
    },
    unready: () => [],
    stop: async () => {
      await sql.stop();
      await grants.stop();
      await sealer.stop();
      await cluster.close();
    },
  };
};
