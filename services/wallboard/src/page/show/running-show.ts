import { type ReadonlySignal, signal } from "@preact/signals";
import type { Slideshow } from "../../board/board-definition.ts";
import { createSlideRun, type SlideRun, type SlideSession } from "./slide-run.ts";

export interface ShowHost {
  /** Null where the server does not answer. */
  readonly fetchShows: () => Promise<ReadonlyArray<Slideshow> | null>;
  readonly open: (board: string) => SlideSession;
}

/** `gone`: the server has no such slideshow, or does not show it to this reader. */
export type ShowState = SlideRun | "waiting" | "gone";

/** The slideshow of an address, from its file on the server for as long as the page is open. */
export interface RunningShow {
  readonly id: string;
  readonly state: ReadonlySignal<ShowState>;
  readonly tick: (nowMs: number) => void;
  /** The network is back: nothing waits any longer. */
  readonly retryNow: () => void;
  readonly close: () => void;
}

/** Where the server did not answer, or had no such slideshow. */
const retryMs = 3_000;
/** A slideshow whose file changes goes on by the new one after this long at most. */
const refreshMs = 30_000;

export const runShow = (id: string, host: ShowHost): RunningShow => {
  const state = signal<ShowState>("waiting");
  let dueMs = Number.NEGATIVE_INFINITY;
  let isLoading = false;
  let hasEnded = false;

  const runOf = (): SlideRun | undefined => {
    const now = state.peek();
    return typeof now === "string" ? undefined : now;
  };
  const load = async (nowMs: number): Promise<void> => {
    isLoading = true;
    const shows = await host.fetchShows();
    isLoading = false;
    if (hasEnded) return;
    const slides = shows?.find((show) => show.id === id)?.slides ?? [];
    const run = runOf();
    dueMs = nowMs + (slides.length === 0 ? retryMs : refreshMs);
    if (slides.length > 0) {
      if (run === undefined) state.value = createSlideRun(slides, host.open, nowMs);
      else run.change(slides);
    } else if (shows !== null && run === undefined) state.value = "gone";
  };

  return {
    id,
    state,
    tick: (nowMs) => {
      // A clock set back by hours must not stop the looking.
      const isDue = nowMs >= dueMs || nowMs < dueMs - 2 * refreshMs;
      if (isDue && !isLoading) void load(nowMs);
      runOf()?.tick(nowMs);
    },
    retryNow: () => {
      dueMs = Number.NEGATIVE_INFINITY;
      runOf()?.shown.peek().session.connection.retryNow();
      runOf()?.coming.peek()?.session.connection.retryNow();
    },
    close: () => {
      hasEnded = true;
      runOf()?.close();
    },
  };
};
