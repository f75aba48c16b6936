import type { TileData } from "./board/tile-data.ts";
import { type CelebrationEvent, feedLength, type WallChange, type WallFrame } from "./board/wall-frame.ts";
import type { BoardEvent, BoardFreshness, BoardNow, BoardSource } from "./board-source.ts";

/** A part of the board, and the revision in which it last changed. */
interface Part<T> {
  readonly value: T;
  readonly text: string;
  readonly revision: number;
}

/** A tile as its source gave it, and as it travels: with the time of its last change. */
interface TilePart extends Part<TileData> {
  readonly given: TileData;
}

interface Noted<T> {
  readonly value: T;
  readonly revision: number;
  readonly atMs: number;
}

/** Whoever comes later has missed it. */
const celebratedForMs = 10_000;

export interface BoardState {
  /** Rises by one with every update that changed something; 0 before the first. */
  readonly revision: () => number;
  /** Takes in what the source says now. Returns whether anything differs from before. */
  readonly update: (
    now: BoardNow,
    events: BoardSource["events"],
    celebrations: ReadonlyArray<CelebrationEvent>,
    nowMs: number,
  ) => boolean;
  /**
   * What a client that has seen `since` still misses: a change, the whole board (`null`, an unknown revision, or another
   * definition since), or null when it misses nothing.
   */
  readonly frameSince: (since: number | null, sentAtMs: number) => WallFrame | null;
}

const partOf = <T>(value: T, before: Part<T> | undefined, revision: number): Part<T> => {
  if (before !== undefined && before.value === value) return before;
  const text = JSON.stringify(value);
  return before !== undefined && before.text === text ? before : { value, text, revision };
};

/** What of a tile counts as its change: not that facts were asked again, when they said the same. */
const tileText = ({ askedAtMs: _, ...shown }: TileData): string => JSON.stringify(shown);

const tilePart = (given: TileData, before: TilePart | undefined, revision: number, nowMs: number): TilePart => {
  if (before?.given === given) return before;
  const text = tileText(given);
  const isSame = before !== undefined && before.text === text;
  if (isSame && before.given.askedAtMs === given.askedAtMs) return { ...before, given };
  const changedAtMs = before === undefined ? null : isSame ? before.value.changedAtMs : nowMs;
  return { given, text, value: { ...given, changedAtMs }, revision };
};

/**
 * Holds the board once for all clients, each part with the revision of its last change. A client is then one number,
 * and however long it was away, what it misses is found without a queue.
 */
export const createBoardState = (build: string): BoardState => {
  let revision = 0;
  let head: Part<Omit<BoardNow, "freshness" | "tiles">> | undefined;
  let freshness: Part<BoardFreshness> | undefined;
  let tiles = new Map<string, TilePart>();
  let feed: ReadonlyArray<Noted<BoardEvent>> = [];
  let celebrated: ReadonlyArray<Noted<CelebrationEvent>> = [];

  const update: BoardState["update"] = (now, eventsSince, celebrations, nowMs) => {
    const next = revision + 1;
    const { board, etag, timeZone, currency } = now;
    const isSameBoard = head !== undefined && head.value.board === board && head.value.etag === etag;
    const isSameHead = isSameBoard && head?.value.timeZone === timeZone && head.value.currency === currency;
    const nextHead = isSameHead && head !== undefined ? head : partOf({ board, etag, timeZone, currency }, head, next);
    const isNewBoard = nextHead.revision === next;
    const nextFreshness = partOf(now.freshness, freshness, next);
    const nextTiles = new Map(now.tiles.map((tile) => [tile.id, tilePart(tile, tiles.get(tile.id), next, nowMs)]));
    const events = eventsSince(isNewBoard ? 0 : (feed.at(-1)?.value.seq ?? 0));
    const noted = <T>(value: T): Noted<T> => ({ value, revision: next, atMs: nowMs });
    const changed =
      isNewBoard ||
      nextFreshness.revision === next ||
      events.length > 0 ||
      celebrations.length > 0 ||
      [...nextTiles.values()].some((part) => part.revision === next);
    [head, freshness, tiles] = [nextHead, nextFreshness, nextTiles];
    if (!changed) return false;
    revision = next;
    feed = [...(isNewBoard ? [] : feed), ...events.map(noted)].slice(-feedLength);
    celebrated = [...celebrated.filter(({ atMs }) => nowMs - atMs < celebratedForMs), ...celebrations.map(noted)];
    return true;
  };

  const changeSince = (since: number, sentAtMs: number): WallChange => {
    const isNew = (part: { readonly revision: number }): boolean => part.revision > since;
    const changedTiles = [...tiles.values()].filter(isNew).map(({ value }) => value);
    const events = feed.filter(isNew).map(({ value }) => value);
    const fresh = celebrated.filter((one) => isNew(one) && sentAtMs - one.atMs < celebratedForMs);
    return {
      type: "change",
      sentAtMs,
      ...(changedTiles.length > 0 ? { tiles: changedTiles } : {}),
      ...(freshness !== undefined && isNew(freshness) ? { freshness: freshness.value } : {}),
      ...(events.length > 0 ? { events } : {}),
      ...(fresh.length > 0 ? { celebrations: fresh.map(({ value }) => value) } : {}),
    };
  };

  const frameSince: BoardState["frameSince"] = (since, sentAtMs) => {
    if (head === undefined || freshness === undefined || since === revision) return null;
    if (since !== null && since <= revision && since >= head.revision) return changeSince(since, sentAtMs);
    return {
      type: "snapshot",
      sentAtMs,
      build,
      ...head.value,
      freshness: freshness.value,
      tiles: [...tiles.values()].map(({ value }) => value),
      events: feed.map(({ value }) => value),
    };
  };

  return { revision: () => revision, update, frameSince };
};
