import { ZoneCalendar } from "@leadwire/funnel";
import { LiveOpenSet, requestRestate } from "@leadwire/stream";
import { KpiAnswers } from "../engine/kpi-answers.ts";
import { openLiveView } from "../engine/open-live-view.ts";
import { openAlerts } from "./open-alerts.ts";
import type { ServicePart, StoreScope } from "./service-part.ts";

/** Rules over the live numbers: a view of its own, loaded and followed as the board's is. */
export const openAlertsPart = async (scope: StoreScope): Promise<ServicePart> => {
  const { generation, workspace, onNotice } = scope;
  const openSet = new LiveOpenSet(scope);
  const again = (what: "slices" | "facts") => (partition: number) => {
    onNotice(`The ${what} that the alerts had not read of partition ${partition} have expired: asked for them again.`);
    return requestRestate({ ...scope, requestedBy: "alerts" }, partition, what);
  };
  const view = await openLiveView({
    ...scope,
    serving: { generation, workspace },
    openSet,
    onExpired: again("slices"),
    onFactsExpired: again("facts"),
    onStoreDown: (found) => onNotice(`The alerts begin from the topics alone: ${found}`),
  });
  const calendar = new ZoneCalendar(workspace.timeZone);
  const alerts = await openAlerts({ ...scope, view, openSet, answers: new KpiAnswers({ ...scope, calendar }) });
  return {
    unready: () => [...alerts.unready()],
    stop: async () => {
      await alerts.stop();
      await view.stop();
    },
  };
};
