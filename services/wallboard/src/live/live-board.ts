import type { Freshness } from "@leadwire/stream";
import type { BoardDefinition, TileDefinition } from "../board/board-definition.ts";
import type { CelebrationEvent } from "../board/wall-frame.ts";
import type { BoardShelf, ShelvedBoard } from "../board-file/board-shelf.ts";
import type { BoardEvent, BoardFreshness, BoardNow, BoardSource } from "../board-source.ts";
import { boardTimeAt } from "./board-time.ts";
import { celebratedStretch } from "./celebrated-stretch.ts";
import { celebrationHours, type IsQuiet } from "./celebration-hours.ts";
import { BoardCelebrations } from "./celebrations.ts";
import type { EventFeed } from "./event-feed.ts";
import type { LiveTileSource, TileContext } from "./tile-source.ts";
import { tileSourceOf } from "./tile-sources.ts";

export interface LiveBoardTerms extends Omit<TileContext, "changed"> {
  readonly eventFeed: EventFeed;
  readonly shelf: Pick<BoardShelf, "boards" | "onChange">;
  readonly nowMs: () => number;
  /** Runs the task once after `delayMs` and returns what cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}

const tickMs = 1_000;

const freshnessOf = ({ state, completeThroughMs, behindRecords }: Freshness, partsToGo: number): BoardFreshness => ({
  state,
  completeThroughMs,
  behindEvents: behindRecords,
  ...(partsToGo > 0 ? { partsToGo } : {}),
});

/** Undefined where the board has no feed; an empty set where one of its feeds shows everything. */
const feedKinds = ({ tiles }: BoardDefinition): ReadonlySet<string> | undefined => {
  const feeds = tiles.filter((tile) => tile.type === "feed");
  if (feeds.length === 0) return undefined;
  return new Set(feeds.some(({ kinds }) => kinds.length === 0) ? [] : feeds.flatMap(({ kinds }) => kinds));
};

interface HeldTile {
  readonly text: string;
  readonly source: LiveTileSource;
}

/**
 * One board of the shelf over a live view. Every tile asks again only for what has changed, or whose time has moved on
 * by a minute; once a second, while someone listens, it looks whether time alone has changed anything. When the board's
 * file changes, the tiles that stayed as they were keep what they remember.
 */
export class LiveBoard implements BoardSource {
  private readonly id: string;
  private readonly terms: LiveBoardTerms;
  private readonly context: TileContext;
  private readonly celebrating: BoardCelebrations;
  private readonly isQuiet: IsQuiet;
  private readonly listeners = new Set<() => void>();
  private readonly ends: ReadonlyArray<() => void>;
  private tiles = new Map<string, HeldTile>();
  private shelved: ShelvedBoard | undefined;
  private kinds: ReadonlySet<string> | undefined;
  private celebrated: ReadonlyArray<CelebrationEvent> = [];
  private cancelTick: (() => void) | undefined;
  private told = "";

  constructor(id: string, terms: LiveBoardTerms) {
    const { view, eventFeed, shelf, workspace } = terms;
    this.id = id;
    this.terms = terms;
    this.isQuiet = celebrationHours(view.state.calendar, workspace);
    this.context = { ...terms, changed: () => this.tell() };
    const definitionOf = (tileId: string): TileDefinition | undefined => this.tiles.get(tileId)?.source.definition;
    this.celebrating = new BoardCelebrations({
      eventFeed,
      currency: workspace.currency,
      stretchOf: (tileId, nowMs) => celebratedStretch(definitionOf(tileId), nowMs, terms),
    });
    this.ends = [
      view.onChange((change) => {
        for (const { source } of this.tiles.values()) source.note?.(change);
        this.tell();
      }),
      eventFeed.onChange(() => this.tell()),
      shelf.onChange(() => this.tell()),
    ];
  }

  now = (): BoardNow | undefined => {
    const { view, workspace, nowMs, shelf } = this.terms;
    const shelved = shelf.boards().get(this.id);
    if (shelved === undefined) return undefined;
    if (shelved !== this.shelved) this.take(shelved);
    const atMs = nowMs();
    const now: BoardNow = {
      board: shelved.board,
      etag: shelved.etag,
      timeZone: workspace.timeZone,
      currency: workspace.currency,
      freshness: freshnessOf(view.freshness(), view.state.gaps.untoldTasks),
      tiles: [...this.tiles.values()].map(({ source }) => source.at(atMs)),
    };
    const celebrated = this.celebrating.take(now, atMs);
    const isTold = this.listeners.size > 0 && !this.isQuiet(shelved.board.celebrate, atMs);
    if (isTold) this.celebrated = [...this.celebrated, ...celebrated];
    return now;
  };

  events = (sinceSeq: number): ReadonlyArray<BoardEvent> => {
    const { kinds } = this;
    if (kinds === undefined) return [];
    const found = this.terms.eventFeed.events(sinceSeq);
    return kinds.size === 0 ? found : found.filter(({ kind }) => kinds.has(kind));
  };

  celebrations = (): ReadonlyArray<CelebrationEvent> => {
    const { celebrated } = this;
    this.celebrated = [];
    return celebrated;
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.cancelTick = this.terms.after(tickMs, this.tick);
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.cancelTick?.();
    };
  };

  end = (): void => {
    this.cancelTick?.();
    for (const end of this.ends) end();
    for (const { source } of this.tiles.values()) source.end?.();
    this.tiles.clear();
    this.shelved = undefined;
  };

  private take(shelved: ShelvedBoard): void {
    const held = this.tiles;
    this.shelved = shelved;
    this.kinds = feedKinds(shelved.board);
    this.tiles = new Map(
      shelved.board.tiles.map((definition) => {
        const text = JSON.stringify({ ...definition, place: undefined });
        const known = held.get(definition.id);
        const source = known?.text === text ? known.source : tileSourceOf(definition, this.context);
        return [definition.id, { text, source }];
      }),
    );
    for (const [tileId, { source }] of held) if (this.tiles.get(tileId)?.source !== source) source.end?.();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private tick = (): void => {
    const { view, nowMs } = this.terms;
    const { state, behindRecords } = view.freshness();
    const atMs = nowMs();
    const now = `${boardTimeAt(atMs, view.state.calendar).edgeMs} ${state} ${behindRecords}`;
    const isDue = [...this.tiles.values()].some(({ source }) => (source.dueMs?.() ?? atMs + 1) <= atMs);
    if (now !== this.told || isDue) this.tell();
    this.told = now;
    this.cancelTick = this.terms.after(tickMs, this.tick);
  };
}
