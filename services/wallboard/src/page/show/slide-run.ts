import { type ReadonlySignal, signal } from "@preact/signals";
import type { Slideshow } from "../../board/board-definition.ts";
import type { BoardSession } from "../board-session.ts";

/** A slide that is shown, or loaded so that it can be. */
export interface Slide {
  /** Its own for each time a slide is loaded. */
  readonly key: number;
  /** Place in the slideshow, from 0. */
  readonly index: number;
  readonly session: SlideSession;
}

/** What of a board's session a slideshow uses. */
export type SlideSession = Pick<BoardSession, "id" | "store" | "tick" | "close" | "connection">;

export interface SlideRun {
  readonly shown: ReadonlySignal<Slide>;
  /** The slide that comes, loaded and drawn behind the one that is shown, so that nothing flashes. */
  readonly coming: ReadonlySignal<Slide | null>;
  readonly slides: ReadonlySignal<Slideshow["slides"]>;
  readonly isPaused: ReadonlySignal<boolean>;
  readonly pause: (isPaused: boolean) => void;
  /** To the next or the one before, as soon as it is loaded. */
  readonly go: (by: 1 | -1) => void;
  /** Lets time go on: the slideshow has no clock of its own. */
  readonly tick: (nowMs: number) => void;
  /** The slideshow's file has changed: what is shown stays until its time is over. */
  readonly change: (slides: Slideshow["slides"]) => void;
  readonly close: () => void;
}

/** The next slide is loaded this long before its turn: enough for a slow network, and no second stream meanwhile. */
const loadAheadMs = 8_000;
/** A slide that has just come into the page is drawn once before it is shown. */
const settleMs = 300;

/**
 * One board after another, each for its time. A slide whose board does not come (the network is cut) is waited for while
 * the one that is shown stays, with what it says of its own freshness; one that the server does not have is left out.
 */
export const createSlideRun = (
  slideshow: Slideshow["slides"],
  open: (board: string) => SlideSession,
  startMs: number,
): SlideRun => {
  let keys = 0;
  const load = (index: number, all: Slideshow["slides"]): Slide => ({
    key: keys++,
    index,
    session: open(all[index]?.board ?? ""),
  });
  const slides = signal(slideshow);
  const shown = signal<Slide>(load(0, slideshow));
  const coming = signal<Slide | null>(null);
  const isPaused = signal(false);
  let lastMs = startMs;
  let shownForMs = 0;
  let readyForMs = 0;
  /** Somebody asked for another slide: it comes at once, also while the slideshow rests. */
  let isAsked = false;
  /** Which way to go on where a slide is left out. */
  let direction: 1 | -1 = 1;

  const at = (index: number): number => {
    const { length } = slides.peek();
    return ((index % length) + length) % length;
  };
  const drop = (): void => {
    coming.peek()?.session.close();
    coming.value = null;
    readyForMs = 0;
  };
  const bring = (index: number): void => {
    drop();
    if (at(index) !== shown.peek().index) coming.value = load(at(index), slides.peek());
  };
  const turn = (next: Slide): void => {
    shown.peek().session.close();
    coming.value = null;
    shown.value = next;
    [shownForMs, readyForMs, isAsked, direction] = [0, 0, false, 1];
  };
  const isReady = ({ session }: Slide): boolean =>
    session.store.head.peek() !== null && session.store.connection.peek() === "connected";

  const step = (passedMs: number): void => {
    const limitMs = slides.peek()[shown.peek().index]?.forMs ?? 0;
    if (!isPaused.peek()) shownForMs += passedMs;
    const leftMs = limitMs - shownForMs;
    const next = coming.peek();
    if (next === null) {
      // A slideshow of one slide never turns, and a board that is gone while it is shown makes room at once.
      const isGone = shown.peek().session.store.connection.peek() === "gone";
      if (slides.peek().length > 1 && !isPaused.peek() && (leftMs <= loadAheadMs || isGone))
        bring(shown.peek().index + 1);
      return;
    }
    if (next.session.store.connection.peek() === "gone") {
      bring(next.index + direction);
      return;
    }
    readyForMs = isReady(next) ? readyForMs + passedMs : 0;
    const isDue = isAsked || leftMs <= 0 || shown.peek().session.store.connection.peek() === "gone";
    if (isDue && readyForMs >= settleMs) turn(next);
  };

  return {
    shown,
    coming,
    slides,
    isPaused,
    pause: (paused) => {
      isPaused.value = paused;
    },
    go: (by) => {
      if (slides.peek().length < 2) return;
      const from = isAsked ? (coming.peek()?.index ?? shown.peek().index) : shown.peek().index;
      [isAsked, direction] = [true, by];
      const wanted = at(from + by);
      if (wanted === shown.peek().index) {
        isAsked = false;
        drop();
      } else if (coming.peek()?.index !== wanted) bring(wanted);
    },
    tick: (nowMs) => {
      // A clock set back, or a screen that slept: no slide is passed over.
      const passedMs = Math.min(Math.max(nowMs - lastMs, 0), 5_000);
      lastMs = nowMs;
      shown.peek().session.tick();
      coming.peek()?.session.tick();
      step(passedMs);
    },
    change: (changed) => {
      if (changed.length === 0 || JSON.stringify(changed) === JSON.stringify(slides.peek())) return;
      drop();
      isAsked = false;
      const board = shown.peek().session.id;
      slides.value = changed;
      const index = changed.findIndex((slide) => slide.board === board);
      shown.value = { ...shown.peek(), index: Math.max(0, index) };
    },
    close: () => {
      drop();
      shown.peek().session.close();
    },
  };
};
