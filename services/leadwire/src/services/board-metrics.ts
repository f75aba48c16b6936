import type { LiveView } from "@leadwire/stream";
import type { WallboardStats } from "@leadwire/wallboard";
import type { Registry } from "prom-client";
import { sampledCounter, sampledGauge } from "../shell/sampled.ts";

/** The metrics of a live page; its stats are there once its routes are. */
export const boardMetrics = (
  registry: Registry,
  view: () => Pick<LiveView, "freshness"> | undefined,
  stats: () => WallboardStats | undefined,
): void => {
  sampledGauge(registry, {
    name: "leadwire_board_clients",
    help: "Pages that are watching.",
    sample: () => [[{}, stats()?.watchers() ?? 0]],
  });
  sampledCounter(registry, {
    name: "leadwire_board_frames_total",
    help: "Frames pushed to all pages.",
    sample: () => [[{}, stats()?.framesPushed() ?? 0]],
  });
  sampledGauge(registry, {
    name: "leadwire_board_behind_records",
    help: "Records in the event topics that the numbers on the board do not know yet.",
    sample: () => [[{}, view()?.freshness().behindRecords ?? 0]],
  });
};
