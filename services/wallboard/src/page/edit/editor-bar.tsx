import { type TileType, tileTypes } from "../../board/board-definition.ts";
import { Menu } from "../shell/menu.tsx";
import { fill } from "../texts/texts.ts";
import type { EditTexts } from "./edit-texts.ts";
import type { EditorSession } from "./editor-session.ts";

interface BarProps {
  readonly session: EditorSession;
  readonly words: EditTexts;
  /** The board's settings are open. */
  readonly onAdd: (type: TileType) => void;
  readonly onBoardSettings: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

interface StepProps {
  readonly label: string;
  readonly path: string;
  readonly isPossible: boolean;
  readonly onStep: () => void;
}

const StepButton = ({ label, path, isPossible, onStep }: StepProps) => (
  <button type="button" class="icon" aria-label={label} title={label} aria-disabled={!isPossible} onClick={onStep}>
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={path} />
    </svg>
  </button>
);

const AddMenu = ({ words, onAdd }: Pick<BarProps, "words" | "onAdd">) => (
  <Menu class="add-tile" button={<>+ {words.addTile}</>}>
    {(close) => (
      <ul>
        {tileTypes.map((type) => (
          <li key={type}>
            <button
              type="button"
              class="menu-choice"
              onClick={() => {
                close();
                onAdd(type);
              }}
            >
              {words.types[type]}
            </button>
          </li>
        ))}
      </ul>
    )}
  </Menu>
);

/** What can be done with the board as a whole while it is edited. */
export const EditorBar = ({ session, words, onAdd, onBoardSettings, onDiscard, onSave }: BarProps) => {
  const { past, future } = session.draft.value;
  const title = session.board.value.title;
  return (
    <header class="top edit-bar">
      <h1>{fill(words.editing, { board: title })}</h1>
      <AddMenu words={words} onAdd={onAdd} />
      <StepButton
        label={words.undo}
        path="M8 4L3.500 8.500L8 13M4 8.500h7.500a4 4 0 0 1 0 8H9"
        isPossible={past.length > 0}
        onStep={session.undo}
      />
      <StepButton
        label={words.redo}
        path="M12 4l4.500 4.500L12 13M16 8.500H8.500a4 4 0 0 0 0 8H11"
        isPossible={future.length > 0}
        onStep={session.redo}
      />
      <button type="button" aria-pressed={session.selected.value === null} onClick={onBoardSettings}>
        {words.boardSettings}
      </button>
      <div class="edit-actions">
        <button type="button" onClick={onDiscard}>
          {words.discard}
        </button>
        <button type="button" class="primary" aria-disabled={session.isSaving.value} onClick={onSave}>
          {session.isSaving.value ? words.saving : words.save}
        </button>
      </div>
    </header>
  );
};
