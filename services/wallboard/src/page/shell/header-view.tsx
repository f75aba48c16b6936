import type { ComponentChildren } from "preact";
import type { Slideshow } from "../../board/board-definition.ts";
import type { BoardSummary } from "../../board/boards-answer.ts";
import type { BoardStore } from "../board-store.ts";
import type { Reader } from "../reader/reader.ts";
import { BoardMenu } from "./board-menu.tsx";
import { ClockView, FreshnessView } from "./freshness-view.tsx";
import { Mark } from "./mark.tsx";
import { type Settings, SettingsMenu } from "./settings-menu.tsx";

export interface HeaderProps {
  readonly store: BoardStore;
  readonly reader: Reader;
  readonly boards: ReadonlyArray<BoardSummary>;
  readonly slideshows: ReadonlyArray<Pick<Slideshow, "id" | "title">>;
  readonly settings: Settings;
  readonly onGo: (path: string) => void;
  /** Asks for the boards that there are by now. */
  readonly onLook: () => void;
  /** Stops the page from moving, or lets it go on with everything that it missed. */
  readonly onPause: (paused: boolean) => void;
  /** What else can be done with the board: edit it. */
  readonly actions?: ComponentChildren;
  /** Begins a new board, for whoever may. */
  readonly onNew?: () => void;
  /** The menu leads to the console, too. */
  readonly canSql: boolean;
}

const PauseButton = ({ store, reader, onPause }: Pick<HeaderProps, "store" | "reader" | "onPause">) => {
  const paused = store.connection.value === "paused";
  return (
    <button
      class="pause"
      type="button"
      aria-label={paused ? reader.texts.resume : reader.texts.pause}
      title={paused ? reader.texts.resume : reader.texts.pause}
      onClick={() => onPause(!paused)}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={paused ? "M6.500 4v12l9-6z" : "M6 4h2.800v12h-2.800zM11.200 4h2.800v12h-2.800z"} />
      </svg>
    </button>
  );
};

/** One line above the board that never changes its height: which board, how fresh, what time it is, and the choices. */
export const HeaderView = (props: HeaderProps) => {
  const { store, reader, boards, slideshows, settings, onGo, onLook, onPause, actions, onNew, canSql } = props;
  const head = store.head.value;
  return (
    <header class="top">
      <Mark />
      <BoardMenu
        title={head?.board.title ?? "Leadwire"}
        id={head?.board.id ?? null}
        boards={boards}
        slideshows={slideshows}
        texts={reader.texts}
        onGo={onGo}
        onLook={onLook}
        canSql={canSql}
        {...(onNew === undefined ? {} : { onNew })}
      />
      <FreshnessView store={store} reader={reader} />
      {head !== null && <ClockView store={store} reader={reader} />}
      <div class="actions">
        {actions}
        <PauseButton store={store} reader={reader} onPause={onPause} />
        <SettingsMenu settings={settings} texts={reader.texts} />
      </div>
    </header>
  );
};
