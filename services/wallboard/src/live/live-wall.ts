import type { WallSource } from "../board-source.ts";
import { limited } from "./limited.ts";
import { LiveBoard, type LiveBoardTerms } from "./live-board.ts";

export interface LiveWallOptions extends Omit<LiveBoardTerms, "after"> {
  /** A played clock in tests. */
  readonly after?: LiveBoardTerms["after"];
}

const afterTimeout = (delayMs: number, task: () => void): (() => void) => {
  const handle = setTimeout(task, delayMs).unref();
  return () => clearTimeout(handle);
};

/** Questions to facts at one time, of all boards together: ClickHouse has other work. */
const askingMax = 4;

/** All boards of a shelf over one live view. */
export const createLiveWall = (options: LiveWallOptions): WallSource => {
  const { view, eventFeed, shelf, askFacts, after = afterTimeout } = options;
  const terms: LiveBoardTerms = {
    ...options,
    after,
    ...(askFacts === undefined ? {} : { askFacts: limited(askingMax, askFacts) }),
  };
  eventFeed.onActivity(() => view.noteActivity());
  return {
    has: (boardId) => shelf.boards().has(boardId),
    open: (boardId) => (shelf.boards().has(boardId) ? new LiveBoard(boardId, terms) : undefined),
  };
};
