import type { ReadonlySignal } from "@preact/signals";
import type { OpenEdit } from "../edit/edit-door.ts";
import type { RunningShow } from "../show/running-show.ts";
import { ShowView, TvBoardView } from "../show/show-view.tsx";
import { fill } from "../texts/texts.ts";
import { type PageProps, PageView } from "./page-view.tsx";
import { boardPath } from "./route.ts";

interface RootProps extends PageProps {
  readonly show: ReadonlySignal<RunningShow | null>;
  readonly edit: ReadonlySignal<OpenEdit | null>;
  readonly isTv: boolean;
  /** A television's link that the server does not take any more. */
  readonly hasEnded: ReadonlySignal<boolean>;
}

const ShowRoot = (props: RootProps & { readonly running: RunningShow }) => {
  const { running, reader, isTv, onExplain, onGo } = props;
  const { texts } = reader.value;
  const state = running.state.value;
  if (state === "waiting") return <p class="empty board-empty">{texts.waiting}</p>;
  if (state === "gone") return <p class="empty board-empty">{fill(texts.show.gone, { show: running.id })}</p>;
  return (
    <ShowView
      run={state}
      reader={reader}
      isTv={isTv}
      onExplain={onExplain}
      onLeave={(board) => onGo(board === null ? "/" : boardPath(board))}
    />
  );
};

/** What the page is at the moment: a board at a desk, a board being edited, a slideshow, or a television. */
export const RootView = (props: RootProps) => {
  const { session, reader, settings, show, edit, isTv, hasEnded, onExplain } = props;
  if (hasEnded.value) return <p class="empty board-empty">{reader.value.texts.show.ended}</p>;
  const editing = edit.value;
  if (editing !== null)
    return <editing.editor {...editing.of} reader={reader.value} language={settings.value.language} />;
  const running = show.value;
  if (running !== null) return <ShowRoot {...props} running={running} />;
  const watched = session.value;
  if (isTv && watched !== null) return <TvBoardView session={watched} reader={reader} onExplain={onExplain} />;
  return <PageView {...props} />;
};
