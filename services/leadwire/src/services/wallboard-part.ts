import { controlCodec, controlTopic } from "@leadwire/events";
import type { LiveView } from "@leadwire/stream";
import { registerWallboard, type WallboardStats } from "@leadwire/wallboard";
import { openBoard } from "../engine/open-board.ts";
import { boardMetrics } from "./board-metrics.ts";
import type { ServicePart, ServiceScope, StoreScope } from "./service-part.ts";

/** Asks the tasks of a partition, wherever they run, to tell their slices again; resolves to the offset behind that. */
const restateRequests = (scope: ServiceScope): ((partition: number) => Promise<number>) => {
  const { log, generation, registry, onNotice } = scope;
  const { encodeControl } = controlCodec(registry);
  return async (partition) => {
    onNotice(
      `The metrics topic no longer holds what the board had not read of partition ${partition}: asked for it again.`,
    );
    const record = { generation, partition, scope: "slices", requested_by: "wallboard" } as const;
    const value = encodeControl({ name: "restate-requested", record });
    const key = Buffer.from(`restate/${partition}`);
    const [at] = await log.append([{ topic: controlTopic, partition: 0, key, value }]);
    if (at === undefined) throw new Error("the log appended a record and said no position");
    return at.offset + 1;
  };
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
  const { log, store, generation, workspace, catalogue, partitions, registry, metrics, nowMs, onNotice, onFailure } =
    scope;
  const board = await openBoard({
    log,
    store,
    serving: { generation, workspace },
    catalogue,
    partitions,
    registry,
    nowMs,
    onExpired: restateRequests(scope),
    onStoreDown: (found) => onNotice(`The board begins from the topics alone: ${found}`),
    onFailure,
  });
  let stats: WallboardStats | undefined;
  boardMetrics(metrics, board.view, () => stats);
  return {
    routes: (app) => {
      stats = registerWallboard(app, board.source, { nowMs });
    },
    unready: unreadyOf(board.view),
    stop: board.stop,
  };
};
