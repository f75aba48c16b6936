import { setTimeout as sleep } from "node:timers/promises";
import { dayMs, factsTopic, metricsTopic, type SchemaRegistry } from "@leadwire/events";
import type { Dimension } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import {
  faultText,
  generationDatabase,
  readOpenSet,
  readPositions,
  readSlices,
  type Store,
  StoreError,
  type StoreFault,
} from "@leadwire/store";
import { type LiveOpenSet, LiveView, type LoadedOpenSet, type LoadedSlices } from "@leadwire/stream";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import type { Serving } from "./generation-file.ts";
import { otherLog } from "./other-log.ts";

export interface LiveViewTerms {
  readonly log: EventLog;
  /** What the view is loaded from. */
  readonly store: Store;
  readonly serving: Pick<Serving, "generation" | "workspace">;
  readonly catalogue: Catalogue;
  /** See LiveStateOptions; all unless given. */
  readonly dimensions?: ReadonlyArray<Dimension>;
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  /** See LiveViewOptions.onExpired. */
  readonly onExpired: (partition: number) => Promise<number>;
  /** Followed beside the slices, where given. */
  readonly openSet?: LiveOpenSet;
  /** See LiveViewOptions. */
  readonly onFactsExpired?: (partition: number) => Promise<number>;
  /**
   * The store cannot be loaded from, and why: the view begins from what the topic holds. Unless given, a store that does
   * not answer is a failure.
   */
  readonly onStoreDown?: (found: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

const answered = <T>(outcome: Either<StoreFault, T>): T => {
  if (isLeft(outcome)) throw new StoreError(outcome.left);
  return outcome.right;
};

/** Whoever has not answered the first question by then is away: the view begins without. */
const answerMsMax = 10_000;

/** Why the store is not to be loaded from, if it answers in time; undefined where nothing speaks against it. */
const objection = async ({ log, store, serving, partitions }: LiveViewTerms): Promise<string | undefined> => {
  const answer = new AbortController();
  const late = sleep(answerMsMax, `ClickHouse has not answered for ${answerMsMax / 1000} s.`, {
    signal: answer.signal,
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([otherLog(log, store, serving.generation, partitions), late]);
  } finally {
    answer.abort();
  }
};

/** By partition of a topic: where the rows stored end. */
const storedPositions = async (
  store: Store,
  generation: string,
  topic: string,
): Promise<ReadonlyMap<number, number>> => {
  const positions = answered(await readPositions(store, generationDatabase(generation))());
  const own = positions.filter((mark) => mark.topic === topic);
  return new Map(own.map(({ partition, nextOffset }) => [partition, nextOffset]));
};

/** The positions first, then the rows: what is stored in between is read twice, and nothing is missed. */
const storedSlices = async (store: Store, generation: string): Promise<LoadedSlices> => {
  const positions = await storedPositions(store, generation, metricsTopic(generation));
  const slices = answered(await readSlices(store, generation, { withEmpty: true })());
  const activity = answered(
    await store.rows("SELECT 1 FROM leadwire.events_all WHERE type = 'activity-logged' LIMIT 1")(),
  );
  return { positions, slices, hasActivity: activity.length > 0 };
};

/** How far back the habits of source systems are learnt from. */
const heardForMs = 29 * dayMs;

const storedOpenSet = async (store: Store, generation: string, nowMs: number): Promise<LoadedOpenSet> => {
  const positions = await storedPositions(store, generation, factsTopic(generation));
  return { positions, ...answered(await readOpenSet(store, generation, nowMs - heardForMs)()) };
};

/** Read from its beginning: of a partition that has lost it, all is asked for again. */
const topicAlone: LoadedSlices & LoadedOpenSet = { positions: new Map(), slices: [], facts: [], heard: [] };

/** What is stored, else what the topic holds and the tasks tell again. */
const load = async <T>(
  options: LiveViewTerms,
  stored: (store: Store, generation: string) => Promise<T>,
): Promise<T | typeof topicAlone> => {
  const { store, serving, onStoreDown } = options;
  if (onStoreDown === undefined) return stored(store, serving.generation);
  try {
    const found = await objection(options);
    if (found === undefined) return await stored(store, serving.generation);
    onStoreDown(found);
  } catch (fault) {
    if (!(fault instanceof StoreError)) throw fault;
    onStoreDown(faultText(fault.fault));
  }
  return topicAlone;
};

/** A live view, loaded from ClickHouse and then pushed by the metrics topic: the page and the alerts share one. */
export const openLiveView = async (terms: LiveViewTerms): Promise<LiveView> => {
  const { serving, onStoreDown, store, ...options } = terms;
  const view = new LiveView({
    ...options,
    ...serving,
    loadSlices: () => load(terms, storedSlices),
    ...(terms.openSet === undefined
      ? {}
      : {
          loadOpenSet: () => load(terms, (from, generation) => storedOpenSet(from, generation, terms.nowMs())),
        }),
  });
  await view.start();
  return view;
};
