import type { Ref } from "preact";
import type { CatalogueAnswer } from "../../board/catalogue-answer.ts";
import type { Reader } from "../reader/reader.ts";
import { BoardForm } from "./board-form.tsx";
import type { EditTexts } from "./edit-texts.ts";
import type { EditorSession } from "./editor-session.ts";
import { TileForm } from "./tile-form.tsx";

interface PanelProps {
  readonly session: EditorSession;
  readonly catalogue: CatalogueAnswer | null;
  readonly reader: Reader;
  readonly words: EditTexts;
  readonly canDelete: boolean;
  readonly root: Ref<HTMLElement>;
  readonly onDelete: () => void;
}

/** The settings of the tile that was opened; of the board, as long as none was. */
export const EditorPanel = ({ session, catalogue, reader, words, canDelete, root, onDelete }: PanelProps) => {
  const board = session.board.value;
  const tile = board.tiles.find(({ id }) => id === session.selected.value);
  return (
    <aside class="edit-panel" ref={root} aria-label={tile === undefined ? words.boardSettings : words.tileSettings}>
      {tile === undefined ? (
        <>
          <BoardForm board={board} reader={reader} words={words} onBoard={session.changeBoard} />
          {canDelete && (
            <button type="button" class="danger" onClick={onDelete}>
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
  );
};
