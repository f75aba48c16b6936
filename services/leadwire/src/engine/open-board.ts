import type { SchemaRegistry } from "@leadwire/events";
import { derivedRegistry } from "@leadwire/events";
import type { Catalogue } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import type { LiveView } from "@leadwire/stream";
import { createLiveBoardSource, type LiveBoardSource, LiveEventFeed } from "@leadwire/wallboard";
import type { Serving } from "./generation-file.ts";

export interface BoardOptions {
  readonly log: EventLog;
  /** Has to hold `boardDimensions`. The board does not end it. */
  readonly view: LiveView;
  readonly serving: Pick<Serving, "workspace">;
  readonly catalogue: Catalogue;
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  readonly onFailure: (cause: unknown) => void;
}

export interface Board {
  readonly source: LiveBoardSource;
  readonly stop: () => Promise<void>;
}

/** What the page shows: a live view's numbers, and the newest events. */
export const openBoard = async (options: BoardOptions): Promise<Board> => {
  const { log, view, serving, catalogue, partitions, registry = derivedRegistry, nowMs, onFailure } = options;
  const eventFeed = new LiveEventFeed({ log, partitions, registry, onFailure });
  await eventFeed.start();
  const source = createLiveBoardSource({ view, eventFeed, catalogue, workspace: serving.workspace, nowMs });
  return { source, stop: () => eventFeed.stop() };
};
