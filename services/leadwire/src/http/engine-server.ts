import type { FastifyInstance } from "fastify";
import type { RowsOf } from "./caller-rows.ts";
import type { SealingEngine } from "./engine-port.ts";
import { registerInternal } from "./internal-routes.ts";
import { registerKpis } from "./kpi-route.ts";
import { registerOpenApi } from "./openapi-route.ts";
import { registerReports } from "./report-route.ts";

export interface EngineServerOptions {
  /** What the internal routes ask for, as `authorization: Bearer …`; without one there are none. */
  readonly token: string | undefined;
  /** The rows that whoever asks may see; all where nobody is held to some. */
  readonly rowsOf?: RowsOf;
  readonly nowMs: () => number;
}

/**
 * Puts the engine behind HTTP: `/api/kpis/:metric`, `/api/reports/:name`, `/api/openapi.json`, and `/internal/*` for the
 * command line, which shows the owner file's token.
 */
export const registerEngine = (app: FastifyInstance, engine: SealingEngine, options: EngineServerOptions): void => {
  const { token, rowsOf, nowMs } = options;
  registerKpis(app, { engine, rowsOf, nowMs });
  registerReports(app, engine, rowsOf);
  registerOpenApi(app);
  if (token !== undefined)
    void app.register(async (scope) => registerInternal(scope, engine, token), { prefix: "/internal" });
};
