import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { BoardDefinition } from "../../board/board-definition.ts";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import type { BoardStore } from "../board-store.ts";
import type { Language } from "../reader/language.ts";
import type { Reader } from "../reader/reader.ts";
import { GridView } from "../shell/board-view.tsx";
import { BoardForm } from "./board-form.tsx";
import { deleteBoard, previewTile, saveBoard } from "./board-requests.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import type { EditTexts } from "./edit-texts.ts";
import { EditorBar } from "./editor-bar.tsx";
import { createEditorSession, type EditorSession, type EditorStart } from "./editor-session.ts";
import { createPreviewStore } from "./preview-store.ts";
import { ProblemView } from "./problem-view.tsx";
import { loadEditTexts } from "./texts/load-edit-texts.ts";
import { TileForm } from "./tile-form.tsx";
import { TileGrip } from "./tile-grip.tsx";
import { toldText } from "./told-text.ts";

export interface EditorProps {
  /** Where the live numbers come from. */
  readonly base: BoardStore;
  readonly start: EditorStart;
  /** A board that comes with the product cannot be deleted, nor one that is not there yet. */
  readonly canDelete: boolean;
  readonly reader: Reader;
  readonly language: Language;
  readonly onSaved: (board: BoardDefinition, etag: string) => void;
  readonly onDeleted: () => void;
  /** The edit is given up. */
  readonly onClose: () => void;
}

const send = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);

const fetchCatalogue = async (language: Language): Promise<CatalogueAnswer | null> => {
  try {
    const response = await fetch(`/api/catalogue?lang=${encodeURIComponent(language)}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
};

const useSession = ({ start, base, onSaved, onDeleted }: EditorProps): EditorSession => {
  const session = useMemo(
    () =>
      createEditorSession(start, {
        save: (board, etag) => saveBoard(board, etag, send),
        remove: (id, etag) => deleteBoard(id, etag, send),
        onSaved,
        onDeleted,
      }),
    [],
  );
  // Somebody else saves the same board: said at once, not only when it is too late.
  useSignalEffect(() => {
    const head = base.head.value;
    if (head === null || head.board.id !== start.board.id || head.etag === start.etag) return;
    if (session.problem.peek() === null) session.problem.value = { kind: "changed", etag: head.etag };
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

const usePreview = (base: BoardStore, session: EditorSession) => {
  const preview = useMemo(
    () =>
      createPreviewStore(base, session.board, {
        ask: (tile) => previewTile(tile, send),
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

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select");

/** The board with a handle on each tile, the settings beside it, and what can be done above it. */
const EditorView = (props: EditorProps & { readonly words: EditTexts; readonly catalogue: CatalogueAnswer | null }) => {
  const { base, canDelete, reader, words, catalogue, onClose } = props;
  const session = useSession(props);
  const preview = usePreview(base, session);
  const asking = useSignal<"discard" | "delete" | null>(null);
  const panel = useRef<HTMLElement>(null);
  const helpId = useId();
  const board = session.board.value;
  const tile = board.tiles.find(({ id }) => id === session.selected.value);

  useLayoutEffect(() => {
    const id = session.focusNext.peek();
    if (id === null) return;
    session.focusNext.value = null;
    const root = panel.current;
    // Who changes the place in the panel stays there.
    if (root !== null && root.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return;
    document.querySelector<HTMLElement>(`[data-grip="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  });
  const openPanel = (): void => {
    // After the panel shows the tile that was opened.
    setTimeout(() => panel.current?.querySelector<HTMLElement>("select, input, textarea")?.focus(), 0);
  };
  const discard = (): void => {
    if (session.isChanged.peek()) asking.value = "discard";
    else onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isCommand = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (isCommand && key === "s") {
      event.preventDefault();
      void session.save();
    } else if (isCommand && !isTyping(event) && (key === "z" || key === "y")) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) session.redo();
      else session.undo();
    } else if (event.key === "Escape" && panel.current?.contains(document.activeElement) === true && tile !== undefined)
      document.querySelector<HTMLElement>(`[data-grip="${CSS.escape(tile.id)}"]`)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are heard wherever in the editor the focus is
    <div class="page editor" onKeyDown={onKeyDown}>
      <EditorBar
        session={session}
        words={words}
        onAdd={(type) => session.add(type, catalogue)}
        onBoardSettings={() => {
          session.selected.value = null;
          openPanel();
        }}
        onDiscard={discard}
        onSave={() => void session.save()}
      />
      <ProblemView session={session} words={words} onTakeTheirs={onClose} />
      <p class="unseen" aria-live="polite">
        {toldText(session.told.value, reader, words)}
      </p>
      <p class="unseen" id={helpId}>
        {words.gripHelp}
      </p>
      <div class="edit-split">
        <main class="board" id="board-tiles">
          {board.tiles.length === 0 && <p class="empty board-empty">{words.emptyBoard}</p>}
          <GridView
            board={board}
            store={preview.store}
            reader={reader}
            onExplain={() => undefined}
            overlay={(one) => (
              <TileGrip
                tile={one}
                session={session}
                reader={reader}
                words={words}
                faults={preview.faultsOf(one.id)}
                helpId={helpId}
                onOpen={openPanel}
              />
            )}
          />
        </main>
        <aside class="edit-panel" ref={panel} aria-label={tile === undefined ? words.boardSettings : words.tileSettings}>
          {tile === undefined ? (
            <>
              <BoardForm board={board} reader={reader} words={words} onBoard={session.changeBoard} />
              {canDelete && (
                <button
                  type="button"
                  class="danger"
                  onClick={() => {
                    asking.value = "delete";
                  }}
                >
                  {words.deleteBoard}
                </button>
              )}
            </>
          ) : (
            <TileForm
              key={tile.id}
              tile={tile}
              catalogue={catalogue}
              reader={reader}
              words={words}
              onTile={session.change}
              onPlace={(place) => session.moveTo(tile.id, place)}
              onRemove={() => session.remove(tile.id)}
            />
          )}
        </aside>
      </div>
      {asking.value !== null && (
        <ConfirmDialog
          text={asking.value === "discard" ? words.discardAsk : words.deleteAsk.replace("{board}", () => board.title)}
          yes={asking.value === "discard" ? words.discard : words.deleteBoard}
          no={words.keepEditing}
          onYes={() => {
            const what = asking.value;
            asking.value = null;
            if (what === "discard") onClose();
            else void session.deleteBoard();
          }}
          onNo={() => {
            asking.value = null;
          }}
        />
      )}
    </div>
  );
};

/** Editing, once its words and the catalogue have come in the reader's language. */
export const Editor = (props: EditorProps) => {
  const { language } = props;
  const loaded = useSignal<{ readonly words: EditTexts; readonly catalogue: CatalogueAnswer | null } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void Promise.all([loadEditTexts(language), fetchCatalogue(language)]).then(([words, catalogue]) => {
      if (isCurrent) loaded.value = { words, catalogue };
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  if (loaded.value === null) return <div class="page" />;
  return <EditorView {...props} {...loaded.value} />;
};
