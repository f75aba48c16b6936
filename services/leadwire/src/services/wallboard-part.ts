import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ZoneCalendar } from "@leadwire/funnel";
import { LiveOpenSet, type LiveView, requestRestate } from "@leadwire/stream";
import {
  registerBoards,
  registerConsole,
  registerExplain,
  registerWallboard,
  type WallboardStats,
} from "@leadwire/wallboard";
import { ClusterEngine } from "../engine/cluster-engine.ts";
import { KpiAnswers } from "../engine/kpi-answers.ts";
import { openBoard } from "../engine/open-board.ts";
import { openLiveView } from "../engine/open-live-view.ts";
import { consoleSchema } from "../http/console-schema.ts";
import { boardMetrics } from "./board-metrics.ts";
import type { ServicePart, ServiceScope, StoreScope } from "./service-part.ts";

/** Asks the tasks of a partition to tell again; resolves to the offset behind the request. */
const again =
  (scope: ServiceScope, topic: "metrics" | "facts") =>
  (partition: number): Promise<number> => {
    scope.onNotice(
      `The ${topic} topic no longer holds what the board had not read of partition ${partition}: asked for it again.`,
    );
    return requestRestate({ ...scope, requestedBy: "wallboard" }, partition, topic === "metrics" ? "slices" : "facts");
  };

const tasksText = (tasks: number): string => (tasks === 1 ? "1 task" : `${tasks} tasks`);

/** Why the page would not show everything. Tasks that are behind, or silent again, are said on the page itself. */
const unreadyOf = (view: LiveView): (() => ReadonlyArray<string>) => {
  let isComplete = false;
  return () => {
    const { isRead, unheardTasks, untoldTasks } = view.needs();
    const found: Array<string> = [];
    if (untoldTasks > 0)
      found.push(
        `The board waits for ${tasksText(untoldTasks)} to tell again what the metrics topic no longer holds; processors have to run.`,
      );
    if (isComplete) return found;
    if (!isRead) found.push("The board is reading the metrics topic.");
    if (unheardTasks > 0) found.push(`The board has not heard of ${tasksText(unheardTasks)}; processors have to run.`);
    isComplete = found.length === 0;
    return found;
  };
};

/**
 * The live page. Its view is loaded from ClickHouse where that answers, else from what the metrics topic still holds and
 * what the tasks tell again; then it follows the topic.
 */
export const openWallboardPart = async (scope: StoreScope): Promise<ServicePart> => {
  const { generation, workspace, metrics, nowMs, onNotice } = scope;
  const serving = { generation, workspace };
  const openSet = new LiveOpenSet(scope);
  const view = await openLiveView({
    ...scope,
    serving,
    openSet,
    onExpired: again(scope, "metrics"),
    onFactsExpired: again(scope, "facts"),
    onStoreDown: (found) => onNotice(`The board begins from the topics alone: ${found}`),
  });
  const calendar = new ZoneCalendar(workspace.timeZone);
  const engine = new ClusterEngine({ ...scope, calendar, sleep: (ms) => sleep(ms), close: async () => undefined });
  const answers = new KpiAnswers({ ...scope, calendar });
  const board = await openBoard({ ...scope, view, openSet, answers, report: engine.report, serving });
  let stats: WallboardStats | undefined;
  boardMetrics(
    metrics,
    () => view,
    () => stats,
  );
  return {
    routes: (app) => {
      stats = registerWallboard(app, board.source, { nowMs });
      registerExplain(app, board.explain);
      registerBoards(app, { ...scope, shelf: board.shelf, imagesFolder: join(scope.boardsFolder, "images") });
      const queriesFolder = join(dirname(scope.boardsFolder), "queries");
      registerConsole(app, { queriesFolder, schema: consoleSchema(scope.catalogue, workspace) });
    },
    unready: unreadyOf(view),
    stop: async () => {
      await board.stop();
      await engine.close();
      await view.stop();
    },
  };
};
