import type { Workspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { stampBatch } from "@leadwire/log";
import { type LiveChange, LiveState } from "@leadwire/stream";
import type { Driver } from "@leadwire/stream/testing";
import type { BoardView } from "@leadwire/wallboard";

export interface PlayedView {
  readonly view: BoardView;
  readonly clock: { nowMs: number };
  /** Lets the view hear all slices of the tasks. */
  readonly tell: (driver: Driver) => void;
}

/** A live view without a log: told all slices by `tell`, at a time that is played. */
export const playedView = (workspace: Workspace): PlayedView => {
  const state = new LiveState({ workspace, catalogue, tasks: [] });
  const listeners = new Set<(change: LiveChange) => void>();
  const clock = { nowMs: 0 };
  const announce = (): void => {
    const change = state.takeChange();
    if (change !== undefined) for (const listener of listeners) listener(change);
  };
  const view: BoardView = {
    state,
    plan: (question) => state.plan(question),
    answer: (plan) => state.answer(plan, clock.nowMs),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    freshness: () => state.freshness(clock.nowMs, true),
    noteActivity: () => {
      state.noteActivity();
      announce();
    },
  };
  const tell = (driver: Driver): void => {
    for (const task of driver.tasks.values()) {
      task.restateSlices();
      for (const { topic, batch } of task.takeOutput()) {
        if (!topic.startsWith("leadwire.metrics")) continue;
        stampBatch(batch, 0, 0);
        state.applyBatches(batch, 0);
      }
    }
    announce();
  };
  return { view, clock, tell };
};
