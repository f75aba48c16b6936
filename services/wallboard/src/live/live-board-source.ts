import type { Workspace } from "@leadwire/funnel";
import { type Catalogue, type Language, languages } from "@leadwire/kpis";
import type { Freshness, LiveView } from "@leadwire/stream";
import type { BoardFreshness, BoardSnapshot, LiveBoardSource } from "../board-source.ts";
import { boardTexts } from "./board-texts.ts";
import { type BoardTime, boardTimeAt } from "./board-time.ts";
import type { EventFeed } from "./event-feed.ts";
import { LiveLeaderboard } from "./live-leaderboard.ts";
import { LiveTile } from "./live-tile.ts";
import { boardTiles } from "./tile-spec.ts";

/** What of a live view a board uses. */
export type BoardView = Pick<LiveView, "askChecked" | "plan" | "state" | "onChange" | "freshness" | "noteActivity">;

export interface LiveBoardOptions {
  /** Has to hold the dimensions of `boardDimensions`. */
  readonly view: BoardView;
  readonly eventFeed: EventFeed;
  readonly catalogue: Catalogue;
  readonly workspace: Workspace;
  readonly nowMs: () => number;
  /** The board's heading (default "Company"). */
  readonly title?: string;
  /** BCP 47 (default `en`). */
  readonly locale?: string;
  /** Runs the task once after `delayMs` and returns what cancels it; a played clock in tests. */
  readonly after?: (delayMs: number, task: () => void) => () => void;
}

/** What a live view has to hold beside the company's own numbers for this board. */
export const boardDimensions = ["owner", "team"] as const;

const tickMs = 1_000;

const afterTimeout = (delayMs: number, task: () => void): (() => void) => {
  const handle = setTimeout(task, delayMs).unref();
  return () => clearTimeout(handle);
};

const languageOf = (locale: string): Language =>
  languages.find((known) => locale === known) ?? languages.find((known) => known === locale.split("-")[0]) ?? "en";

const freshnessOf = ({ state, completeThroughMs, behindRecords }: Freshness, partsToGo: number): BoardFreshness => ({
  state,
  completeThroughMs,
  behindEvents: behindRecords,
  ...(partsToGo > 0 ? { partsToGo } : {}),
});

/**
 * The board over a live view. A snapshot asks again only for tiles whose measures have changed, or whose time has moved
 * on by a minute; once a second, while someone listens, it looks whether time alone has changed anything.
 */
export const createLiveBoardSource = (options: LiveBoardOptions): LiveBoardSource => {
  const { view, eventFeed, catalogue, workspace, nowMs, locale = "en", after = afterTimeout } = options;
  const language = languageOf(locale);
  const texts = boardTexts(language);
  const salesTitle = catalogue.metrics.get("sales")?.texts[language][0] ?? "";
  const tiles = boardTiles.map((spec) => new LiveTile(view, spec, language));
  const leaderboards = boardDimensions.map(
    (dimension) => new LiveLeaderboard(view, dimension, salesTitle, texts, workspace.currency),
  );
  const listeners = new Set<() => void>();
  let cancelTick: (() => void) | undefined;
  let told = "";
  eventFeed.onActivity(() => view.noteActivity());

  const timeNow = (): BoardTime => boardTimeAt(nowMs(), view.state.calendar);
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  view.onChange((change) => {
    for (const part of [...tiles, ...leaderboards]) part.note(change);
    tell();
  });
  eventFeed.onChange(tell);

  const tick = (): void => {
    const { state, behindRecords } = view.freshness();
    const now = `${timeNow().edgeMs} ${state} ${behindRecords}`;
    if (now !== told) tell();
    told = now;
    cancelTick = after(tickMs, tick);
  };
  return {
    snapshot: (): BoardSnapshot => {
      const time = timeNow();
      return {
        title: options.title ?? "Company",
        locale,
        timeZone: workspace.timeZone,
        freshness: freshnessOf(view.freshness(), view.state.gaps.untoldTasks),
        tiles: tiles.map((tile) => tile.at(time)),
        leaderboards: leaderboards.map((board) => board.at(time)),
      };
    },
    events: eventFeed.events,
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) cancelTick = after(tickMs, tick);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) cancelTick?.();
      };
    },
  };
};
