import { derivedRegistry, metricsTopic, type SchemaRegistry } from "@leadwire/events";
import type { Catalogue } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import {
  generationDatabase,
  readPositions,
  readSlices,
  type Store,
  StoreError,
  type StoreFault,
} from "@leadwire/store";
import { LiveView, type LoadedSlices } from "@leadwire/stream";
import { boardDimensions, createLiveBoardSource, type LiveBoardSource, LiveEventFeed } from "@leadwire/wallboard";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import type { Serving } from "./generation-file.ts";

export interface BoardOptions {
  readonly log: EventLog;
  /** What the view is loaded from. */
  readonly store: Store;
  readonly serving: Pick<Serving, "generation" | "workspace">;
  readonly catalogue: Catalogue;
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  /** The metrics topic forgot what the view had not read: this partition's tasks have to tell their slices again. */
  readonly onExpired: (partition: number) => void;
  /** The store does not answer: the view begins from what the topic holds. Unless given, that is a failure. */
  readonly onStoreDown?: (fault: unknown) => void;
  readonly onFailure: (cause: unknown) => void;
}

export interface Board {
  readonly source: LiveBoardSource;
  readonly view: LiveView;
  readonly stop: () => Promise<void>;
}

const answered = <T>(outcome: Either<StoreFault, T>): T => {
  if (isLeft(outcome)) throw new StoreError(outcome.left);
  return outcome.right;
};

/** The positions first, then the rows: what is stored in between is read twice, and nothing is missed. */
const storedSlices = async (store: Store, generation: string): Promise<LoadedSlices> => {
  const positions = answered(await readPositions(store, generationDatabase(generation))());
  const slices = answered(await readSlices(store, generation)());
  const activity = answered(
    await store.rows("SELECT 1 FROM leadwire.events_all WHERE type = 'activity-logged' LIMIT 1")(),
  );
  const topic = metricsTopic(generation);
  return {
    positions: new Map(
      positions.filter((mark) => mark.topic === topic).map(({ partition, nextOffset }) => [partition, nextOffset]),
    ),
    slices,
    hasActivity: activity.length > 0,
  };
};

const nothingLoaded: LoadedSlices = { positions: new Map(), slices: [] };

/** What is stored, else what the topic alone holds: of a partition that has lost its beginning, all is asked for again. */
const loadSlices = async (options: BoardOptions): Promise<LoadedSlices> => {
  const { log, store, serving, partitions, onExpired, onStoreDown } = options;
  const { generation } = serving;
  try {
    return await storedSlices(store, generation);
  } catch (fault) {
    if (onStoreDown === undefined || !(fault instanceof StoreError)) throw fault;
    onStoreDown(fault);
  }
  const topic = metricsTopic(generation);
  for (let partition = 0; partition < partitions; partition += 1)
    if ((await log.bounds({ topic, partition })).start > 0) onExpired(partition);
  return nothingLoaded;
};

/** The page's live view: loaded from ClickHouse, then pushed by the metrics topic. */
export const openBoard = async (options: BoardOptions): Promise<Board> => {
  const { log, serving, catalogue, partitions, registry = derivedRegistry, nowMs, onExpired, onFailure } = options;
  const { generation, workspace } = serving;
  const view = new LiveView({
    log,
    generation,
    partitions,
    registry,
    nowMs,
    workspace,
    catalogue,
    dimensions: boardDimensions,
    loadSlices: () => loadSlices(options),
    onExpired,
    onFailure,
  });
  const eventFeed = new LiveEventFeed({ log, partitions, registry, onFailure });
  await view.start();
  await eventFeed.start();
  const source = createLiveBoardSource({ view, eventFeed, catalogue, workspace, nowMs });
  const stop = async (): Promise<void> => {
    await eventFeed.stop();
    await view.stop();
  };
  return { source, view, stop };
};
