import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { BoardDefinition } from "../../board/board-definition.ts";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import type { BoardStore } from "../board-store.ts";
import type { Language } from "../reader/language.ts";
import type { Reader } from "../reader/reader.ts";
import { dataOf, server } from "../server.ts";
import { fill } from "../texts/texts.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import type { EditTexts } from "./edit-texts.ts";
import { EditorBar } from "./editor-bar.tsx";
import { EditorGrid } from "./editor-grid.tsx";
import { onEditorKey } from "./editor-keys.ts";
import { EditorPanel } from "./editor-panel.tsx";
import type { EditorStart } from "./editor-session.ts";
import { ProblemView } from "./problem-view.tsx";
import { loadEditTexts } from "./texts/load-edit-texts.ts";
import { focusGrip, useEditorSession, usePreview } from "./use-editor.ts";

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

interface Loaded {
  readonly words: EditTexts;
  readonly catalogue: CatalogueAnswer | null;
}

/** The board with a handle on each tile, the settings beside it, and what can be done above it. */
const EditorView = (props: EditorProps & Loaded) => {
  const { base, canDelete, reader, words, catalogue, onClose } = props;
  const session = useEditorSession(props);
  const preview = usePreview(base, session);
  const asking = useSignal<"discard" | "delete" | null>(null);
  const panel = useRef<HTMLElement>(null);

  const openPanel = (): void => {
    // After the panel shows what was opened.
    setTimeout(() => panel.current?.querySelector<HTMLElement>("select, input, textarea")?.focus(), 0);
  };
  const answer = (isYes: boolean): void => {
    const what = asking.peek();
    asking.value = null;
    if (!isYes) return;
    if (what === "discard") onClose();
    else void session.deleteBoard();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onEditorKey(event, session) || event.key !== "Escape") return;
    const id = session.selected.peek();
    if (id !== null && panel.current?.contains(document.activeElement) === true) focusGrip(id, true);
  };
  const ask = (what: "discard" | "delete") => (): void => {
    if (what === "discard" && !session.isChanged.peek()) onClose();
    else asking.value = what;
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
        onDiscard={ask("discard")}
        onSave={() => void session.save()}
      />
      <ProblemView session={session} words={words} onTakeTheirs={onClose} />
      <div class="edit-split">
        <EditorGrid
          session={session}
          preview={preview}
          reader={reader}
          words={words}
          panel={panel}
          onOpen={openPanel}
        />
        <EditorPanel
          session={session}
          catalogue={catalogue}
          reader={reader}
          words={words}
          canDelete={canDelete}
          root={panel}
          onDelete={ask("delete")}
        />
      </div>
      {asking.value !== null && (
        <ConfirmDialog
          text={
            asking.value === "discard" ? words.discardAsk : fill(words.deleteAsk, { board: session.board.value.title })
          }
          yes={asking.value === "discard" ? words.dropChanges : words.deleteBoard}
          no={words.keepEditing}
          onYes={() => answer(true)}
          onNo={() => answer(false)}
        />
      )}
    </div>
  );
};

/** Editing, once its words and the catalogue have come in the reader's language. */
export const Editor = (props: EditorProps) => {
  const { language } = props;
  const loaded = useSignal<Loaded | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void Promise.all([
      loadEditTexts(language),
      dataOf(server.get("/api/catalogue", { query: { lang: language } })),
    ]).then(([words, catalogue]) => {
      if (isCurrent) loaded.value = { words, catalogue };
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  if (loaded.value === null) return <div class="page" />;
  return <EditorView {...props} {...loaded.value} />;
};
