import type { Celebration } from "../board/board-definition.ts";
import type { TileData } from "../board/tile-data.ts";
import type { CelebrationEvent } from "../board/wall-frame.ts";
import type { BoardNow } from "../board-source.ts";
import type { BoardWin, EventFeed } from "./event-feed.ts";

/** A win counts while it is news: the log got it a moment ago, and it happened a short while before. */
const appendedForMs = 30_000;
const happenedForMs = 3_600_000;
/** A clock that goes ahead of ours by as much is not wrong. */
const aheadMs = 60_000;
/** Two looks further apart than this say nothing of when a target was reached. */
const lookedForMs = 5_000;

interface Standing {
  readonly value: number;
  readonly target: number;
  readonly isReached: boolean;
}

const standingOf = (data: TileData): Standing | undefined => {
  if (data.type !== "number" && data.type !== "gauge") return undefined;
  const { value, target, better } = data;
  if (value === null || target === undefined || target.reached === null) return undefined;
  return {
    value,
    target: target.value,
    isReached: better === "lower" ? value <= target.value : value >= target.value,
  };
};

export interface CelebrationsTerms {
  readonly eventFeed: Pick<EventFeed, "wins">;
  /** The workspace's: amounts in others are not compared. */
  readonly currency: string;
  /** What a tile's number is about right now: a target is reached once in it. Undefined where that is over. */
  readonly stretchOf: (tileId: string, nowMs: number) => string | undefined;
}

/**
 * What a board celebrates: deals won and targets reached just now, in front of those who watch. Never what was there
 * when they came, what is imported or corrected, nor anything while the engine catches up.
 */
export class BoardCelebrations {
  private readonly terms: CelebrationsTerms;
  private readonly reached = new Set<string>();
  private standings = new Map<string, Standing>();
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private seq: number | undefined;

  constructor(terms: CelebrationsTerms) {
    this.terms = terms;
  }

  /** New since the last call; the first one only looks. */
  take(
    { board, freshness, tiles }: Pick<BoardNow, "board" | "freshness" | "tiles">,
    nowMs: number,
  ): ReadonlyArray<CelebrationEvent> {
    const isLive = freshness.state === "live";
    const isFollowed = nowMs - this.lookedAtMs <= lookedForMs;
    this.lookedAtMs = nowMs;
    const wins = this.winsSince(board.celebrate, nowMs);
    const targets = this.targetsIn(tiles, nowMs, isLive && isFollowed && board.celebrate.targets);
    return [...wins, ...targets];
  }

  private winsSince({ wonMinorMin }: Celebration, nowMs: number): ReadonlyArray<CelebrationEvent> {
    const { eventFeed, currency } = this.terms;
    const isFirst = this.seq === undefined;
    const found = eventFeed.wins(this.seq ?? 0);
    this.seq = found.at(-1)?.seq ?? this.seq ?? 0;
    if (isFirst || wonMinorMin === undefined) return [];
    const isNews = (win: BoardWin): boolean =>
      nowMs - win.appendTimeMs <= appendedForMs &&
      nowMs - win.occurredAtMs <= happenedForMs &&
      win.occurredAtMs - nowMs <= aheadMs;
    return found
      .filter((win) => isNews(win) && win.currency === currency && win.amountMinor >= wonMinorMin)
      .map(({ id, deal, owner, amountMinor }) => ({ kind: "won", id, deal, owner, amountMinor, currency }));
  }

  private targetsIn(
    tiles: ReadonlyArray<TileData>,
    nowMs: number,
    isCelebrated: boolean,
  ): ReadonlyArray<CelebrationEvent> {
    const found: Array<CelebrationEvent> = [];
    const before = this.standings;
    this.standings = new Map();
    for (const data of tiles) {
      const standing = standingOf(data);
      if (standing === undefined) continue;
      this.standings.set(data.id, standing);
      const former = before.get(data.id);
      const stretch = this.terms.stretchOf(data.id, nowMs);
      // In a period that is over nobody reaches anything just now.
      if (!standing.isReached || stretch === undefined) continue;
      const id = `${data.id}/${standing.target}/${stretch}`;
      const isNew = !this.reached.has(id) && former?.target === standing.target && !former.isReached;
      this.reached.add(id);
      if (isNew && isCelebrated) found.push({ kind: "target", id, tile: data.id });
    }
    return found;
  }
}
