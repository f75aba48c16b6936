import type { BoardDefinition } from "../../board/board-definition.ts";

/** A board that is being edited, with the way back. */
export interface Draft {
  readonly board: BoardDefinition;
  /** Oldest first. */
  readonly past: ReadonlyArray<BoardDefinition>;
  /** What was undone, next first. */
  readonly future: ReadonlyArray<BoardDefinition>;
  /** What the last step is a part of: a word being typed, a tile being moved. Null after anything else. */
  readonly gesture: string | null;
}

const stepsMax = 200;

export const draftOf = (board: BoardDefinition): Draft => ({ board, past: [], future: [], gesture: null });

/** The board as it was before the gesture began: what each of its steps is reckoned from, so that nothing drifts. */
export const baseOf = (draft: Draft, gesture: string): BoardDefinition =>
  draft.gesture === gesture ? (draft.past.at(-1) ?? draft.board) : draft.board;

/** Takes one step. Steps of the same gesture, one after another, are undone together. */
export const changed = (draft: Draft, board: BoardDefinition, gesture: string | null = null): Draft => {
  if (board === draft.board) return draft;
  const isSame = gesture !== null && gesture === draft.gesture;
  return {
    board,
    past: isSame ? draft.past : [...draft.past, draft.board].slice(-stepsMax),
    future: [],
    gesture,
  };
};

/** Ends a gesture: the next step is one of its own. */
export const settled = (draft: Draft): Draft => (draft.gesture === null ? draft : { ...draft, gesture: null });

export const undone = (draft: Draft): Draft => {
  const board = draft.past.at(-1);
  if (board === undefined) return draft;
  return { board, past: draft.past.slice(0, -1), future: [draft.board, ...draft.future], gesture: null };
};

export const redone = (draft: Draft): Draft => {
  const [board, ...future] = draft.future;
  return board === undefined ? draft : { board, past: [...draft.past, draft.board], future, gesture: null };
};
