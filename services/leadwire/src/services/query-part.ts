import { setTimeout as sleep } from "node:timers/promises";
import { ZoneCalendar } from "@leadwire/funnel";
import { leadSealer } from "../cluster/lead-sealer.ts";
import { ClusterEngine } from "../engine/cluster-engine.ts";
import { registerInternal } from "../http/internal-routes.ts";
import { registerKpis } from "../http/kpi-route.ts";
import { registerSqlRoute } from "../http/sql-route.ts";
import { isLoopback } from "../shell/service-shell.ts";
import type { ServicePart, StoreScope } from "./service-part.ts";

/** KPI answers and ad hoc SQL over HTTP; with a token, also what the command line asks for. */
export const openQueryPart = async (scope: StoreScope): Promise<ServicePart> => {
  const { workspace, deployment, secrets, internalToken } = scope;
  const cluster = new ClusterEngine({
    ...scope,
    calendar: new ZoneCalendar(workspace.timeZone),
    sleep: (ms) => sleep(ms),
    close: async () => undefined,
  });
  const sealer = leadSealer(scope);
  const engine = { ...cluster, seal: sealer.seal };
  return {
    engine,
    routes: (app) => {
      registerKpis(app, engine);
      registerSqlRoute(app, engine, { token: secrets.apiToken, isLocal: isLoopback(deployment.listen.host) });
      if (internalToken !== undefined)
        void app.register(async (inner) => registerInternal(inner, engine, internalToken), { prefix: "/internal" });
    },
    unready: () => [],
    stop: async () => {
      await sealer.stop();
      await cluster.close();
    },
  };
};
