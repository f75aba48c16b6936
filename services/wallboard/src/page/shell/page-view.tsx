import type { ReadonlySignal } from "@preact/signals";
import type { Slideshow } from "../../board/board-definition.ts";
import type { BoardSummary } from "../../board/boards-answer.ts";
import type { BoardSession } from "../board-session.ts";
import type { Reader } from "../reader/reader.ts";
import { BoardView } from "./board-view.tsx";
import { HeaderView } from "./header-view.tsx";
import type { Settings } from "./settings-menu.tsx";

export interface PageProps {
  /** Null until it is known which board there is to show. */
  readonly session: ReadonlySignal<BoardSession | null>;
  readonly reader: ReadonlySignal<Reader>;
  readonly boards: ReadonlySignal<ReadonlyArray<BoardSummary>>;
  readonly slideshows: ReadonlySignal<ReadonlyArray<Pick<Slideshow, "id" | "title">>>;
  readonly settings: ReadonlySignal<Settings>;
  readonly onGo: (path: string) => void;
  readonly onExplain: (tileId: string) => void;
}

/** The page as somebody at a desk sees it: header and board. */
export const PageView = ({ session, reader, boards, slideshows, settings, onGo, onExplain }: PageProps) => {
  const watched = session.value;
  if (watched === null) return <p class="empty board-empty">{reader.value.texts.waiting}</p>;
  return (
    <div class="page">
      <a class="skip" href="#board-tiles">
        {reader.value.texts.skipToBoard}
      </a>
      <HeaderView
        store={watched.store}
        reader={reader.value}
        boards={boards.value}
        slideshows={slideshows.value}
        settings={settings.value}
        onGo={onGo}
        onPause={watched.pause}
      />
      <BoardView
        key={watched.id}
        store={watched.store}
        reader={reader.value}
        id={watched.id}
        onExplain={onExplain}
      />
    </div>
  );
};
