import { type ReadonlySignal, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { BoardSummary } from "../../board/boards-answer.ts";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { boardPath } from "../shell/route.ts";
import type { EditorProps } from "./editor.tsx";

/** An edit that has begun. */
export interface OpenEdit {
  readonly editor: ComponentType<EditorProps>;
  readonly of: Omit<EditorProps, "reader" | "language">;
}

export interface EditDoor {
  readonly open: ReadonlySignal<OpenEdit | null>;
  /** Edits the board in front. */
  readonly edit: () => void;
  readonly begin: () => void;
  /** While a board is edited, going back leads to it and not away: an edit is given up in the editor. */
  readonly holdAddress: () => boolean;
}

interface Page {
  /** The board in front. */
  readonly store: ReadonlySignal<BoardStore | undefined>;
  readonly boards: ReadonlySignal<ReadonlyArray<BoardSummary>>;
  readonly reader: ReadonlySignal<Reader>;
  readonly onGo: (path: string) => void;
}

/** The way into the editor, which is loaded when it is opened first, and back to the board. */
export const createEditDoor = ({ store, boards, reader, onGo }: Page): EditDoor => {
  const open = signal<OpenEdit | null>(null);

  const enter = async (start: EditorProps["start"], canDelete: boolean): Promise<void> => {
    const base = store.peek();
    if (base === undefined) return;
    const { Editor } = await import("./editor.tsx");
    const onClose = (): void => {
      open.value = null;
      // The pen that was pressed is a new one: the keyboard goes on at the board.
      setTimeout(() => document.getElementById("board-tiles")?.focus(), 0);
    };
    const onSaved: EditorProps["onSaved"] = (board, etag) => {
      const head = base.head.peek();
      // Shown as it was saved, until the stream says the same.
      if (head !== null && head.board.id === board.id) base.head.value = { ...head, board, etag };
      onClose();
      onGo(boardPath(board.id));
    };
    const onDeleted = (): void => {
      onClose();
      onGo("/");
    };
    open.value = { editor: Editor, of: { base, start, canDelete, onSaved, onDeleted, onClose } };
  };
  const taken = (): ReadonlySet<string> => new Set(boards.peek().map(({ id }) => id));

  return {
    open,
    edit: () => {
      const head = store.peek()?.head.peek();
      if (head === null || head === undefined) return;
      const { board, etag } = head;
      const isOwn = boards.peek().some(({ id, builtIn }) => id === board.id && !builtIn);
      void enter({ board, etag, taken: taken() }, isOwn);
    },
    begin: () => {
      const title = reader.peek().texts.newBoard;
      const celebrate = { targets: false, sound: false };
      const board = { id: "", title, theme: "auto", tiles: [], celebrate } as const;
      void enter({ board, etag: null, taken: taken() }, false);
    },
    holdAddress: () => {
      const id = open.peek()?.of.start.board.id;
      if (id === undefined) return false;
      history.pushState(null, "", id === "" ? "/" : boardPath(id));
      return true;
    },
  };
};
