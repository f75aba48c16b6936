import { type BoardFrame, type ChangeFrame, feedLength, type TileChange } from "./board-frame.ts";
import type { BoardEvent, BoardSnapshot, BoardTile } from "./board-source.ts";

/** A part of the board, and the revision in which it last changed. */
interface Part<T> {
  readonly value: T;
  readonly text: string;
  readonly revision: number;
}

/** Omits what a patch must be able to take away: a field that is gone makes the tile travel whole. */
type Figures = Omit<BoardTile, "sparkline">;

export interface BoardState {
  /** Rises by one with every update that changed something; 0 before the first. */
  readonly revision: () => number;
  /** The newest feed event held: what to ask the source for next. */
  readonly eventSeq: () => number;
  /** Takes in what the source says now. Returns whether anything differs from before. */
  readonly update: (snapshot: BoardSnapshot, events: ReadonlyArray<BoardEvent>) => boolean;
  /**
   * What a client that has seen `since` still misses: a change, the whole board (`null`, an unknown revision, or another
   * set of tiles since), or null when it misses nothing.
   */
  readonly frameSince: (since: number | null, sentAtMs: number) => BoardFrame | null;
}

const partOf = <T>(value: T, before: Part<T> | undefined, revision: number): Part<T> => {
  const text = JSON.stringify(value);
  return before !== undefined && before.text === text ? before : { value, text, revision };
};

/** The fields whose presence may differ: when one disappears, a patch could not say so. */
const shapeOf = (tile: BoardTile): string => Object.keys(tile).sort().join();

/** What cannot be patched: the board's head, the order of its tiles and their fields. */
const layoutOf = (snapshot: BoardSnapshot): string =>
  JSON.stringify([
    snapshot.title,
    snapshot.locale,
    snapshot.timeZone,
    snapshot.tiles.map((tile) => [tile.id, shapeOf(tile)]),
  ]);

/**
 * Holds the board once for all clients, each part with the revision of its last change. A client is then one number,
 * and however long it was away, what it misses is found without a queue.
 */
export const createBoardState = (build: string): BoardState => {
  let revision = 0;
  let board: BoardSnapshot | undefined;
  let layout: Part<string> | undefined;
  let freshness: Part<BoardSnapshot["freshness"]> | undefined;
  let leaderboards: Part<BoardSnapshot["leaderboards"]> | undefined;
  let figures = new Map<string, Part<Figures>>();
  let sparklines = new Map<string, Part<BoardTile["sparkline"]>>();
  let feed: ReadonlyArray<{ readonly event: BoardEvent; readonly revision: number }> = [];

  const update = (snapshot: BoardSnapshot, events: ReadonlyArray<BoardEvent>): boolean => {
    const next = revision + 1;
    const nextFigures = new Map<string, Part<Figures>>();
    const nextSparklines = new Map<string, Part<BoardTile["sparkline"]>>();
    let changed = events.length > 0;
    for (const tile of snapshot.tiles) {
      const { sparkline, ...rest } = tile;
      const figure = partOf<Figures>(rest, figures.get(tile.id), next);
      const line = partOf(sparkline, sparklines.get(tile.id), next);
      changed ||= figure.revision === next || line.revision === next;
      nextFigures.set(tile.id, figure);
      nextSparklines.set(tile.id, line);
    }
    const nextLayout = partOf(layoutOf(snapshot), layout, next);
    const nextFreshness = partOf(snapshot.freshness, freshness, next);
    const nextLeaderboards = partOf(snapshot.leaderboards, leaderboards, next);
    changed ||= [nextLayout, nextFreshness, nextLeaderboards].some((part) => part.revision === next);
    if (!changed) return false;
    revision = next;
    board = snapshot;
    [layout, freshness, leaderboards] = [nextLayout, nextFreshness, nextLeaderboards];
    [figures, sparklines] = [nextFigures, nextSparklines];
    feed = [...feed, ...events.map((event) => ({ event, revision }))].slice(-feedLength);
    return true;
  };

  const tileChanges = (since: number): TileChange[] => {
    const changes: TileChange[] = [];
    for (const [id, figure] of figures) {
      const line = sparklines.get(id);
      const lineChanged = line !== undefined && line.revision > since;
      if (figure.revision <= since && !lineChanged) continue;
      changes.push({
        ...(figure.revision > since ? figure.value : { id }),
        ...(lineChanged ? { sparkline: line.value } : {}),
      });
    }
    return changes;
  };

  const changeSince = (since: number, sentAtMs: number): ChangeFrame => {
    const tiles = tileChanges(since);
    const events = feed.filter((entry) => entry.revision > since).map((entry) => entry.event);
    return {
      type: "change",
      sentAtMs,
      ...(tiles.length > 0 ? { tiles } : {}),
      ...(leaderboards !== undefined && leaderboards.revision > since ? { leaderboards: leaderboards.value } : {}),
      ...(freshness !== undefined && freshness.revision > since ? { freshness: freshness.value } : {}),
      ...(events.length > 0 ? { events } : {}),
    };
  };

  const frameSince = (since: number | null, sentAtMs: number): BoardFrame | null => {
    if (board === undefined || layout === undefined) return null;
    if (since === revision) return null;
    if (since === null || since > revision || since < layout.revision)
      return { type: "snapshot", sentAtMs, build, board, events: feed.map((entry) => entry.event) };
    return changeSince(since, sentAtMs);
  };

  return { revision: () => revision, eventSeq: () => feed.at(-1)?.event.seq ?? 0, update, frameSince };
};
