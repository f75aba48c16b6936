import type { Slideshow } from "../board/board-definition.ts";

/** Where a TV link leads. */
export interface TvPlace {
  readonly kind: "show" | "boards";
  readonly id: string;
}

/** Somebody who asks, and what they may. */
export interface Viewer {
  /** In words, for whoever was slower to save; null for anyone who reaches an open address. */
  readonly name: string | null;
  readonly canEdit: boolean;
  /** These boards alone; empty: all of them. */
  readonly boards: ReadonlyArray<string>;
  /** A screen's token: it sees what stands there and nothing else. */
  readonly tv: TvPlace | null;
  /** Null: never. */
  readonly expiresMs: number | null;
}

/** Somebody who may ask in SQL: a right of its own, beside that to see boards. */
export interface SqlAsker {
  /** In words; null for anyone who reaches an open address. */
  readonly name: string | null;
  /** They see the rows of these dimensions' values alone; empty: all. */
  readonly where: ReadonlyArray<readonly [dimension: string, value: string]>;
  /** Null: never. */
  readonly expiresMs: number | null;
}

/** Who may see boards, and who may save them. */
export interface BoardAccess {
  /** What whoever shows no token may; null: they have to log in. */
  readonly anyone: Viewer | null;
  /** Who bears a token now: undefined where nobody does, not any more, or not yet. */
  readonly viewerOf: (token: string) => Viewer | undefined;
  /** Who asks in SQL without a token; null or left out: nobody. */
  readonly anyoneAsks?: SqlAsker | null;
  /** Who bears a token now that may ask in SQL. Left out: none may. */
  readonly askerOf?: (token: string) => SqlAsker | undefined;
}

/** Not held to some boards: may also ask for what belongs to none. */
export const seesEverything = ({ boards, tv }: Viewer): boolean => boards.length === 0 && tv === null;

/** Whether a viewer may see a board. A screen of a slideshow sees the boards that are shown there now. */
export const seesBoard = (viewer: Viewer, board: string, shows: ReadonlyArray<Slideshow>): boolean => {
  const { boards, tv } = viewer;
  if (boards.length > 0) return boards.includes(board);
  if (tv === null) return true;
  if (tv.kind === "boards") return tv.id === board;
  return shows.some(({ id, slides }) => id === tv.id && slides.some((slide) => slide.board === board));
};

/** The slideshows of a viewer, without the slides that they may not see; one without any is left out. */
export const seenShows = (viewer: Viewer, shows: ReadonlyArray<Slideshow>): ReadonlyArray<Slideshow> => {
  const mine = viewer.tv === null ? shows : shows.filter(({ id }) => viewer.tv?.kind === "show" && viewer.tv.id === id);
  return mine
    .map((show) => ({ ...show, slides: show.slides.filter(({ board }) => seesBoard(viewer, board, shows)) }))
    .filter(({ slides }) => slides.length > 0);
};
