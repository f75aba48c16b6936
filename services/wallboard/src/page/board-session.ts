import type { WallFrame } from "../board/wall-frame.ts";
import { type BoardConnection, createBoardConnection } from "./board-connection.ts";
import { type BoardStore, type Connection, createBoardStore } from "./board-store.ts";

/** One board that is watched: what the page knows of it, and the stream that brings it. */
export interface BoardSession {
  /** Null where there is no board to watch. */
  readonly id: string | null;
  readonly store: BoardStore;
  readonly connection: BoardConnection;
  /** Stops the board from moving, or lets it go on with everything that it missed. */
  readonly pause: (paused: boolean) => void;
  /** Lets the board's clock go on; called about once a second. */
  readonly tick: () => void;
  readonly close: () => void;
}

export interface SessionListener {
  /** The server's build: a page of another build reloads itself. */
  readonly onBuild: (build: string) => void;
  /** The server wants a login (again). */
  readonly onLogin: () => void;
}

/** What a session needs besides the browser's network and timers. */
export interface SessionClock {
  readonly nowMs: () => number;
  /** 0 ≤ x < 1: spreads the return of many pages after a restart. */
  readonly random: () => number;
}

/** Watches a board until it is closed. */
export const openBoardSession = (
  id: string | null,
  { nowMs, random }: SessionClock,
  listener: SessionListener,
): BoardSession => {
  const store = createBoardStore(nowMs());
  let clockOffsetMs = 0;

  const enter = (state: Connection): void => {
    if (store.connection.peek() === state) return;
    store.connectionSinceMs.value = nowMs() + clockOffsetMs;
    store.connection.value = state;
  };
  /** Whole seconds: the clock is drawn when it shows something else, and never lags behind what a frame says. */
  const tick = (): void => {
    store.nowMs.value = Math.floor((nowMs() + clockOffsetMs) / 1_000) * 1_000;
  };
  const onFrame = (frame: WallFrame): void => {
    clockOffsetMs = frame.sentAtMs - nowMs();
    if (frame.type === "snapshot") listener.onBuild(frame.build);
    store.apply(frame);
    tick();
  };
  const connection = createBoardConnection(
    `/api/boards/${encodeURIComponent(id ?? "")}/stream`,
    {
      fetch: (url, init) => fetch(url, init),
      after: (delayMs, task) => {
        const handle = setTimeout(task, delayMs);
        return () => clearTimeout(handle);
      },
      random,
    },
    {
      onFrame,
      onConnected: () => enter("connected"),
      onDisconnected: () => enter("disconnected"),
      onRefused: (status) => {
        enter("gone");
        if (status === 401) listener.onLogin();
      },
    },
  );
  if (id === null) store.connection.value = "gone";
  else connection.start();
  return {
    id,
    store,
    connection,
    pause: (paused) => {
      if (paused) connection.stop();
      else connection.start();
      enter(paused ? "paused" : "connecting");
    },
    tick,
    close: connection.stop,
  };
};
