import type { Timer } from "../frame-pacer.ts";

/** Time that stands still until a test plays it. */
export interface PlayedTimer extends Timer {
  /** Plays the tasks that fall due within `ms`, each at its own time. */
  readonly advance: (ms: number) => void;
  /** Sets the clock back, as an administrator does; what is due in a while stays due in that while. */
  readonly setBack: (ms: number) => void;
}

export const createPlayedTimer = (startMs = 0): PlayedTimer => {
  let passedMs = 0;
  let offsetMs = startMs;
  let tasks: ReadonlyArray<{ readonly dueMs: number; readonly task: () => void }> = [];
  return {
    nowMs: () => passedMs + offsetMs,
    after: (delayMs, task) => {
      const own = { dueMs: passedMs + delayMs, task };
      tasks = [...tasks, own];
      return () => {
        tasks = tasks.filter((other) => other !== own);
      };
    },
    advance: (ms) => {
      const endMs = passedMs + ms;
      for (;;) {
        const next = [...tasks].sort((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined || next.dueMs > endMs) break;
        tasks = tasks.filter((other) => other !== next);
        passedMs = Math.max(passedMs, next.dueMs);
        next.task();
      }
      passedMs = endMs;
    },
    setBack: (ms) => {
      offsetMs -= ms;
    },
  };
};
