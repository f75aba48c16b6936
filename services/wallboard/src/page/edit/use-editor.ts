import { useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { BoardDefinition } from "../../board/board-definition.ts";
import type { BoardStore } from "../board-store.ts";
import { server } from "../server.ts";
import { deleteBoard, previewTile, saveBoard } from "./board-requests.ts";
import { createEditorSession, type EditorSession, type EditorStart } from "./editor-session.ts";
import { createPreviewStore, type PreviewStore } from "./preview-store.ts";

interface Begun {
  /** Where the live numbers come from. */
  readonly base: BoardStore;
  readonly start: EditorStart;
  readonly onSaved: (board: BoardDefinition, etag: string) => void;
  readonly onDeleted: () => void;
}

/** The edit that lives as long as the editor is open. */
export const useEditorSession = ({ base, start, onSaved, onDeleted }: Begun): EditorSession => {
  const session = useMemo(
    () =>
      createEditorSession(start, {
        save: (board, etag) => saveBoard(board, etag, server),
        remove: (id, etag) => deleteBoard(id, etag, server),
        onSaved,
        onDeleted,
      }),
    [],
  );
  // Somebody else saves the same board: said at once, not only when it is too late.
  useSignalEffect(() => {
    const head = base.head.value;
    if (head === null || head.board.id !== start.board.id || head.etag === start.etag) return;
    if (session.problem.peek() === null && !session.isSaving.peek())
      session.problem.value = { kind: "changed", etag: head.etag, by: null };
  });
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (session.isChanged.peek()) event.preventDefault();
    };
    addEventListener("beforeunload", onUnload);
    return () => removeEventListener("beforeunload", onUnload);
  }, []);
  return session;
};

/** The live numbers below the edit. */
export const usePreview = (base: BoardStore, session: EditorSession): PreviewStore => {
  const preview = useMemo(
    () =>
      createPreviewStore(base, session.board, {
        ask: (tile) => previewTile(tile, server),
        after: (delayMs, task) => {
          const handle = setTimeout(task, delayMs);
          return () => clearTimeout(handle);
        },
      }),
    [],
  );
  useEffect(() => preview.end, []);
  return preview;
};

export const focusGrip = (id: string, isBroughtIntoView: boolean): void =>
  document.querySelector<HTMLElement>(`[data-grip="${CSS.escape(id)}"]`)?.focus({ preventScroll: !isBroughtIntoView });

/** Gives a tile that was moved about in the page its focus back; whoever types its place into the panel stays there. */
export const useTileFocus = (session: EditorSession, panel: { readonly current: HTMLElement | null }): void =>
  useLayoutEffect(() => {
    const next = session.focusNext.peek();
    if (next === null) return;
    session.focusNext.value = null;
    const isTypingThere =
      document.activeElement?.matches("input") === true && panel.current?.contains(document.activeElement);
    if (isTypingThere !== true) focusGrip(next.id, next.isBroughtIntoView);
  });
