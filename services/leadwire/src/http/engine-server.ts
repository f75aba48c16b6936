import type { FastifyInstance } from "fastify";
import type { SealingEngine } from "./engine-port.ts";
import { registerInternal } from "./internal-routes.ts";
import { registerKpis } from "./kpi-route.ts";
import { registerReports } from "./report-route.ts";
import { registerSqlRoute } from "./sql-route.ts";

export interface EngineServerOptions {
  /** What the internal routes ask for, as `authorization: Bearer …`; without one there are none. */
  readonly token: string | undefined;
  /** See SqlRouteOptions. */
  readonly apiToken: string | undefined;
  readonly isLocal: boolean;
}

/**
 * Puts the engine behind HTTP: `/api/kpis/:metric`, `/api/reports/:name` and `/api/sql`, and `/internal/*` for the command line, which shows the
 * owner file's token.
 */
export const registerEngine = (app: FastifyInstance, engine: SealingEngine, options: EngineServerOptions): void => {
  const { token, apiToken, isLocal } = options;
  registerKpis(app, engine);
  registerReports(app, engine);
  registerSqlRoute(app, engine, { token: apiToken, isLocal });
  if (token !== undefined)
    void app.register(async (scope) => registerInternal(scope, engine, token), { prefix: "/internal" });
};
