import { type ReadonlySignal, signal } from "@preact/signals";
import type { CelebrationEvent } from "../../board/wall-frame.ts";

/** How long one is shown. */
export const celebratedForMs = 4_000;
/** Shown and waiting; what comes beyond is not told again, so that a good day does not cover the board for minutes. */
const queuedMax = 3;
/** Remembered so that none is celebrated twice, also where two boards of a slideshow tell it. */
const rememberedMax = 200;

export interface CelebrationQueue {
  readonly shown: ReadonlySignal<CelebrationEvent | null>;
  readonly add: (events: ReadonlyArray<CelebrationEvent>) => void;
  /** Puts the one that is shown away; the next one follows. */
  readonly dismiss: () => void;
}

/** One celebration after another, each for its time. `after` runs a task once and returns what cancels it. */
export const createCelebrationQueue = (
  after: (delayMs: number, task: () => void) => () => void,
  onShown: (event: CelebrationEvent) => void,
): CelebrationQueue => {
  const shown = signal<CelebrationEvent | null>(null);
  const waiting: CelebrationEvent[] = [];
  const told = new Set<string>();
  let cancel = (): void => undefined;

  const showNext = (): void => {
    cancel();
    const next = waiting.shift() ?? null;
    shown.value = next;
    if (next === null) return;
    cancel = after(celebratedForMs, showNext);
    onShown(next);
  };

  return {
    shown,
    add: (events) => {
      for (const event of events) {
        const key = `${event.kind} ${event.id}`;
        if (told.has(key)) continue;
        told.add(key);
        for (const oldest of told) {
          if (told.size <= rememberedMax) break;
          told.delete(oldest);
        }
        if (waiting.length + (shown.peek() === null ? 0 : 1) < queuedMax) waiting.push(event);
      }
      if (shown.peek() === null) showNext();
    },
    dismiss: showNext,
  };
};
