import { effect } from "@preact/signals";
import { render } from "preact";
import type { BoardFrame } from "../board-frame.ts";
import { createBoardConnection } from "./board-connection.ts";
import { type Connection, createBoardStore } from "./board-store.ts";
import { BoardView } from "./board-view.tsx";

/** The page's wiring: store, connection, clock and the browser's own signs that the network is back. */

const ownBuild = document.querySelector<HTMLMetaElement>('meta[name="leadwire-build"]')?.content ?? "";
const store = createBoardStore(Date.now());
let clockOffsetMs = 0;

const enter = (connection: Connection): void => {
  if (store.connection.peek() === connection) return;
  store.connectionSinceMs.value = Date.now() + clockOffsetMs;
  store.connection.value = connection;
};

/** A screen that hangs for months outlives many builds: it takes the server's, once each. */
const reloadForBuild = (build: string): void => {
  if (build === ownBuild || sessionStorage.getItem("leadwire-build") === build) return;
  sessionStorage.setItem("leadwire-build", build);
  location.reload();
};

/** Whole seconds: the clock is drawn when it shows something else, and never lags behind what a frame says. */
const tick = (): void => {
  store.nowMs.value = Math.floor((Date.now() + clockOffsetMs) / 1_000) * 1_000;
};

const onFrame = (frame: BoardFrame): void => {
  clockOffsetMs = frame.sentAtMs - Date.now();
  if (frame.type === "snapshot") reloadForBuild(frame.build);
  store.apply(frame);
  tick();
};

const connection = createBoardConnection(
  "/api/board/stream",
  {
    fetch: (url, init) => fetch(url, init),
    after: (delayMs, task) => {
      const handle = setTimeout(task, delayMs);
      return () => clearTimeout(handle);
    },
    random: Math.random,
  },
  { onFrame, onConnected: () => enter("connected"), onDisconnected: () => enter("disconnected") },
);

const onPause = (paused: boolean): void => {
  if (paused) connection.stop();
  else connection.start();
  enter(paused ? "paused" : "connecting");
};

setInterval(tick, 1_000);
addEventListener("online", connection.retryNow);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") connection.retryNow();
});
effect(() => {
  const head = store.head.value;
  if (head === null) return;
  document.documentElement.lang = head.locale;
  document.title = store.connection.value === "disconnected" ? `⚠ ${head.title}` : head.title;
});

const root = document.getElementById("board");
if (root !== null) {
  render(<BoardView store={store} onPause={onPause} />, root);
  connection.start();
}
