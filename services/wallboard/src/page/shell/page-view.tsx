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
  /** Asks for the boards that there are by now. */
  readonly onLook: () => void;
  readonly onExplain: (tileId: string) => void;
  /** This reader may change boards. */
  readonly canEdit: ReadonlySignal<boolean>;
  /** This reader may ask in SQL. */
  readonly canSql: ReadonlySignal<boolean>;
  readonly onEdit: () => void;
  readonly onNew: () => void;
}

const EditButton = ({ label, onEdit }: { readonly label: string; readonly onEdit: () => void }) => (
  <button type="button" class="pause" aria-label={label} title={label} onClick={onEdit}>
    <svg class="pen" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M4 16l.8-3.600L13.400 3.800a1.300 1.300 0 0 1 1.900 0l.9.9a1.300 1.300 0 0 1 0 1.900L7.600 15.200z" />
    </svg>
  </button>
);

/** The page as somebody at a desk sees it: header and board. */
export const PageView = (props: PageProps) => {
  const { session, reader, boards, slideshows, settings, onGo, onLook, onExplain, canEdit, canSql, onEdit, onNew } =
    props;
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
        onLook={onLook}
        onPause={watched.pause}
        {...(canEdit.value ? { onNew } : {})}
        canSql={canSql.value}
        actions={
          canEdit.value && watched.store.head.value !== null ? (
            <EditButton label={reader.value.texts.editBoard} onEdit={onEdit} />
          ) : null
        }
      />
      <BoardView key={watched.id} store={watched.store} reader={reader.value} id={watched.id} onExplain={onExplain} />
    </div>
  );
};
