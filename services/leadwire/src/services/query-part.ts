import { setTimeout as sleep } from "node:timers/promises";
import { ZoneCalendar } from "@leadwire/funnel";
import { leadSealer } from "../cluster/lead-sealer.ts";
import { ClusterEngine } from "../engine/cluster-engine.ts";
import { registerEngine } from "../http/engine-server.ts";
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
      const isLocal = isLoopback(deployment.listen.host);
      registerEngine(app, engine, { token: internalToken, apiToken: secrets.apiToken, isLocal });
    },
    unready: () => [],
    stop: async () => {
      await sealer.stop();
      await cluster.close();
    },
  };
};
