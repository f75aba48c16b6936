import type { WallSource } from "../board-source.ts";
import { limited } from "./limited.ts";
import { LiveBoard, type LiveBoardTerms } from "./live-board.ts";
import { TilePreviews } from "./tile-previews.ts";

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

type Questions = Pick<LiveBoardTerms, "askFacts" | "askBands" | "askRestatements">;

const limitedQuestions = ({ askFacts, askBands, askRestatements }: Questions): Questions => {
  const bands = askBands && limited(1, (asked: Parameters<typeof askBands>) => askBands(...asked));
  return {
    ...(askFacts === undefined ? {} : { askFacts: limited(askingMax, askFacts) }),
    ...(bands === undefined ? {} : { askBands: (...asked) => bands(asked) }),
    ...(askRestatements === undefined ? {} : { askRestatements: limited(1, askRestatements) }),
  };
};

/** All boards of a shelf over one live view. */
export const createLiveWall = (options: LiveWallOptions): WallSource => {
  const { view, eventFeed, shelf, after = afterTimeout } = options;
  const terms: LiveBoardTerms = { ...options, after, ...limitedQuestions(options) };
  const previews = new TilePreviews(terms);
  eventFeed.onActivity(() => view.noteActivity());
  return {
    has: (boardId) => shelf.boards().has(boardId),
    preview: previews.at,
    open: (boardId) => (shelf.boards().has(boardId) ? new LiveBoard(boardId, terms) : undefined),
  };
};
