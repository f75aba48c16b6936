import { useEffect, useId, useRef } from "preact/hooks";
import type { Reader } from "../reader/reader.ts";
import { GridView } from "../shell/board-view.tsx";
import type { EditTexts } from "./edit-texts.ts";
import type { EditorSession } from "./editor-session.ts";
import type { PreviewStore } from "./preview-store.ts";
import { TileGrip } from "./tile-grip.tsx";
import { toldText } from "./told-text.ts";
import { useTileFocus } from "./use-editor.ts";

interface GridProps {
  readonly session: EditorSession;
  readonly preview: PreviewStore;
  readonly reader: Reader;
  readonly words: EditTexts;
  /** Of the settings: who types there keeps the focus. */
  readonly panel: { readonly current: HTMLElement | null };
  readonly onOpen: () => void;
}

const explainNothing = (): void => undefined;

/** The board as it will be, with a handle over each tile. */
export const EditorGrid = ({ session, preview, reader, words, panel, onOpen }: GridProps) => {
  const helpId = useId();
  const main = useRef<HTMLElement>(null);
  useTileFocus(session, panel);
  // The pen that was pressed is gone: the keyboard goes on at the tiles.
  useEffect(() => main.current?.focus(), []);
  const board = session.board.value;
  return (
    <main class="board" id="board-tiles" tabIndex={-1} ref={main}>
      <p class="unseen" aria-live="polite">
        {toldText(session.told.value, reader, words)}
      </p>
      <p class="unseen" id={helpId}>
        {words.gripHelp}
      </p>
      {board.tiles.length === 0 && <p class="empty board-empty">{words.emptyBoard}</p>}
      <GridView
        board={board}
        store={preview.store}
        reader={reader}
        onExplain={explainNothing}
        overlay={(tile) => (
          <TileGrip
            tile={tile}
            session={session}
            reader={reader}
            words={words}
            faults={preview.faultsOf(tile.id)}
            helpId={helpId}
            onOpen={onOpen}
          />
        )}
      />
    </main>
  );
};
