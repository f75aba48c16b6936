import { controlCodec, controlTopic } from "@leadwire/events";
import { faultText, StoreError } from "@leadwire/store";
import { registerWallboard, type WallboardStats } from "@leadwire/wallboard";
import { openBoard } from "../engine/open-board.ts";
import { sampledCounter, sampledGauge } from "../shell/sampled.ts";
import type { ServicePart, ServiceScope, StoreScope } from "./service-part.ts";

/** A partition's tasks are asked to tell their slices again at most once in this time. */
const restateEveryMs = 60_000;

/** Asks the tasks of a partition, wherever they run, to tell their slices again. */
const restateRequests = (scope: ServiceScope): ((partition: number) => void) => {
  const { log, generation, registry, nowMs, onNotice, onFailure } = scope;
  const { encodeControl } = controlCodec(registry);
  const askedAtMs = new Map<number, number>();
  return (partition) => {
    if (nowMs() - (askedAtMs.get(partition) ?? Number.NEGATIVE_INFINITY) < restateEveryMs) return;
    askedAtMs.set(partition, nowMs());
    onNotice(
      `The metrics topic no longer holds what the board had not read of partition ${partition}: asked for it again.`,
    );
    const record = { generation, partition, scope: "slices", requested_by: "wallboard" } as const;
    const value = encodeControl({ name: "restate-requested", record });
    const key = Buffer.from(`restate/${partition}`);
    log.append([{ topic: controlTopic, partition: 0, key, value }]).catch(onFailure);
  };
};

/**
 * The live page. Its view is loaded from ClickHouse where that answers, else from what the metrics topic still holds and
 * what the tasks tell again; then it follows the topic.
 */
export const openWallboardPart = async (scope: StoreScope): Promise<ServicePart> => {
  const { log, store, generation, workspace, catalogue, partitions, registry, metrics, nowMs, onNotice, onFailure } =
    scope;
  const onStoreDown = (fault: unknown): void => {
    const found = fault instanceof StoreError ? faultText(fault.fault) : String(fault);
    onNotice(`The board begins from the topics alone: ${found}`);
  };
  const board = await openBoard({
    log,
    store,
    serving: { generation, workspace },
    catalogue,
    partitions,
    registry,
    nowMs,
    onExpired: restateRequests(scope),
    onStoreDown,
    onFailure,
  });
  let stats: WallboardStats | undefined;
  sampledGauge(metrics, {
    name: "leadwire_board_clients",
    help: "Pages that are watching.",
    sample: () => [[{}, stats?.watchers() ?? 0]],
  });
  sampledCounter(metrics, {
    name: "leadwire_board_frames_total",
    help: "Frames pushed to all pages.",
    sample: () => [[{}, stats?.framesPushed() ?? 0]],
  });
  sampledGauge(metrics, {
    name: "leadwire_board_behind_records",
    help: "Records in the event topics that the numbers on the board do not know yet.",
    sample: () => [[{}, board.view.freshness().behindRecords]],
  });
  return {
    routes: (app) => {
      stats = registerWallboard(app, board.source, { nowMs });
    },
    unready: () => (board.view.freshness().state === "catching_up" ? ["The board is catching up."] : []),
    stop: board.stop,
  };
};
