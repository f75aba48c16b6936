/** Timers as a value, so that a test can play time. Milliseconds. */
export interface Timer {
  readonly nowMs: () => number;
  /** Runs the task once after `delayMs`; returns what cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}

export interface FramePacer {
  /** Something changed: a frame follows, at once if the last one lies a frame's time back, else when it does. */
  readonly request: () => void;
  readonly stop: () => void;
}

/**
 * Turns any number of changes into at most one frame per `frameMs`. The first change after a rest waits for nothing but
 * the end of the running callback, so that a burst's own batch is complete; no change is left without a frame.
 */
export const createFramePacer = (frameMs: number, timer: Timer, draw: () => void): FramePacer => {
  let cancel: (() => void) | undefined;
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  const run = (): void => {
    cancel = undefined;
    drawnAtMs = timer.nowMs();
    draw();
  };
  return {
    request: () => {
      // A wall clock set back must not make a frame wait for longer than one frame.
      const waitMs = Math.min(frameMs, Math.max(0, drawnAtMs + frameMs - timer.nowMs()));
      cancel ??= timer.after(waitMs, run);
    },
    stop: () => {
      cancel?.();
      cancel = undefined;
    },
  };
};
