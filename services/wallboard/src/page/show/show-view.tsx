import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Reader } from "../reader/reader.ts";
import { BoardView } from "../shell/board-view.tsx";
import { ClockView, FreshnessView } from "../shell/freshness-view.tsx";
import { fill } from "../texts/texts.ts";
import type { Slide, SlideRun, SlideSession } from "./slide-run.ts";

interface HeadProps {
  readonly session: SlideSession;
  readonly reader: Reader;
  readonly children?: ComponentChildren;
}

/** Which board, how fresh, what time it is: all that a screen on a wall says above the board. */
const ShowHead = ({ session, reader, children }: HeadProps) => {
  const { store } = session;
  const head = store.head.value;
  return (
    <header class="top show-head">
      <h1>{head?.board.title ?? "Leadwire"}</h1>
      <FreshnessView store={store} reader={reader} />
      {head !== null && <ClockView store={store} reader={reader} />}
      {children}
    </header>
  );
};

interface ShowProps {
  readonly run: SlideRun;
  readonly reader: ReadonlySignal<Reader>;
  /** Without anything to press. */
  readonly isTv: boolean;
  readonly onExplain: (tileId: string) => void;
  /** Leaves the slideshow for the board that is shown. */
  readonly onLeave: (boardId: string | null) => void;
}

const paths = {
  previous: "M13 4L7 10l6 6",
  next: "M7 4l6 6-6 6",
  pause: "M6.500 4v12M13.500 4v12",
  resume: "M6.500 4v12l9-6z",
  leave: "M5 5l10 10M15 5L5 15",
};

const ShowButton = ({ label, path, onPress }: { label: string; path: string; onPress: () => void }) => (
  <button type="button" class="icon" aria-label={label} title={label} onClick={onPress}>
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={path} />
    </svg>
  </button>
);

/** Pause stops the turning; the numbers of the board that is shown stay live. */
const Controls = ({ run, reader, onLeave }: Pick<ShowProps, "run" | "onLeave"> & { readonly reader: Reader }) => {
  const { texts } = reader;
  const { index, session } = run.shown.value;
  const isPaused = run.isPaused.value;
  const { length } = run.slides.value;
  return (
    <div class="actions">
      <span class="slide-number">
        {fill(texts.show.position, { slide: String(index + 1), slides: String(length) })}
      </span>
      <ShowButton label={texts.show.previous} path={paths.previous} onPress={() => run.go(-1)} />
      <ShowButton
        label={isPaused ? texts.resume : texts.pause}
        path={isPaused ? paths.resume : paths.pause}
        onPress={() => run.pause(!isPaused)}
      />
      <ShowButton label={texts.show.next} path={paths.next} onPress={() => run.go(1)} />
      <ShowButton label={texts.show.leave} path={paths.leave} onPress={() => onLeave(session.id)} />
    </div>
  );
};

interface SlideProps {
  readonly slide: Slide;
  readonly isShown: boolean;
  readonly reader: Reader;
  readonly onExplain: (tileId: string) => void;
  readonly controls: ComponentChildren;
}

/** A board as a slide. The one that comes is drawn as it will stand, unseen, so that it has its sizes and pictures. */
const SlideView = ({ slide, isShown, reader, onExplain, controls }: SlideProps) => {
  const { session } = slide;
  const head = session.store.head.value;
  const own = head === null ? reader : { ...reader, timeZone: head.timeZone, currency: head.currency };
  return (
    <div class="slide" data-shown={isShown} inert={!isShown}>
      <ShowHead session={session} reader={own}>
        {controls}
      </ShowHead>
      <BoardView store={session.store} reader={own} id={session.id} onExplain={onExplain} />
    </div>
  );
};

/** A remote control's keys, wherever the focus is: the arrows turn, the space bar holds unless it presses a button. */
const useKeys = (run: SlideRun): void =>
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isOnControl = event.target instanceof HTMLElement && event.target.closest("button, a, input") !== null;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "ArrowRight") run.go(1);
      else if (event.key === "ArrowLeft") run.go(-1);
      else if (event.key === " " && !isOnControl) run.pause(!run.isPaused.peek());
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [run]);

/** The slideshow: the slide that is shown, and behind it the one that comes. */
export const ShowView = ({ run, reader, isTv, onExplain, onLeave }: ShowProps) => {
  useKeys(run);
  const shown = run.shown.value;
  const coming = run.coming.value;
  const slides = coming === null ? [shown] : [shown, coming];
  return (
    <div class="page show">
      {slides.map((slide) => (
        <SlideView
          key={slide.key}
          slide={slide}
          isShown={slide === shown}
          reader={reader.value}
          onExplain={onExplain}
          controls={
            slide === shown && !isTv ? <Controls run={run} reader={reader.value} onLeave={onLeave} /> : undefined
          }
        />
      ))}
    </div>
  );
};

/** One board on a television. */
export const TvBoardView = (props: {
  readonly session: SlideSession;
  readonly reader: ReadonlySignal<Reader>;
  readonly onExplain: (tileId: string) => void;
}) => {
  const { session, reader, onExplain } = props;
  return (
    <div class="page">
      <ShowHead session={session} reader={reader.value} />
      <BoardView store={session.store} reader={reader.value} id={session.id} onExplain={onExplain} />
    </div>
  );
};
