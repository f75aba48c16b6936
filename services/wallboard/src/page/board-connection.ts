import type { WallFrame } from "../board/wall-frame.ts";
import { createEventParser } from "./event-parser.ts";

/** What a connection needs of the browser, so that a test can play it. */
export interface ConnectionHost {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Runs the task once after `delayMs`; returns what cancels it. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  /** 0 ≤ x < 1: spreads the return of many pages after a restart. */
  readonly random: () => number;
}

export interface ConnectionListener {
  readonly onFrame: (frame: WallFrame) => void;
  readonly onConnected: () => void;
  readonly onDisconnected: () => void;
  /** The server does not show this board to this reader (401, 403, 404). Tried again slowly: it may be made, or allowed. */
  readonly onRefused: (status: number) => void;
}

export interface BoardConnection {
  /** Tries at once instead of waiting, if it is waiting: the network is back, the screen woke up. */
  readonly retryNow: () => void;
  readonly stop: () => void;
  readonly start: () => void;
}

/** Nothing at all for this long, heartbeats included, is a dead connection that nobody has told us of. */
const silenceLimitMs = 25_000;
const retryStepsMs = [250, 500, 1_000, 2_000, 4_000, 8_000] as const;

/** How long to wait before the nth attempt in a row (from 0): doubling up to 8 s, spread by a quarter either way. */
export const retryDelayMs = (attempt: number, random: number): number =>
  (retryStepsMs[Math.min(attempt, retryStepsMs.length - 1)] ?? 8_000) * (0.75 + random / 2);

/**
 * Keeps one stream open for as long as it runs, and takes up after the last frame seen. Read by `fetch` and not by
 * EventSource, which hides heartbeats, gives up for good on an HTTP error and waits as it likes.
 */
export const createBoardConnection = (
  url: string,
  host: ConnectionHost,
  listener: ConnectionListener,
): BoardConnection => {
  let lastEventId: string | null = null;
  let attempt = 0;
  let refused: number | undefined;
  let abort: AbortController | undefined;
  let cancelRetry: (() => void) | undefined;
  let cancelSilence: (() => void) | undefined;

  const heard = (own: AbortController): void => {
    cancelSilence?.();
    cancelSilence = host.after(silenceLimitMs, () => own.abort());
  };

  const read = async (own: AbortController): Promise<void> => {
    heard(own);
    const headers: Record<string, string> = { accept: "text/event-stream" };
    if (lastEventId !== null) headers["last-event-id"] = lastEventId;
    const response = await host.fetch(url, { headers, signal: own.signal, cache: "no-store" });
    if ([401, 403, 404].includes(response.status)) {
      refused = response.status;
      attempt = retryStepsMs.length;
    }
    if (!response.ok || response.body === null) throw new Error(`The stream answered ${response.status}.`);
    if (own.signal.aborted) return;
    listener.onConnected();
    const parse = createEventParser((message) => {
      const frame: WallFrame = JSON.parse(message.data);
      lastEventId = message.id;
      attempt = 0;
      listener.onFrame(frame);
    });
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done && !own.signal.aborted; next = await reader.read()) {
      heard(own);
      parse(decoder.decode(next.value, { stream: true }));
    }
  };

  const open = (): void => {
    cancelRetry = undefined;
    const own = new AbortController();
    abort = own;
    refused = undefined;
    const ended = (): void => {
      if (abort !== own) return;
      abort = undefined;
      cancelSilence?.();
      if (refused === undefined) listener.onDisconnected();
      else listener.onRefused(refused);
      cancelRetry = host.after(retryDelayMs(attempt++, host.random()), open);
    };
    read(own).then(ended, ended);
  };

  return {
    start: () => {
      if (abort === undefined && cancelRetry === undefined) open();
    },
    retryNow: () => {
      if (cancelRetry === undefined) return;
      cancelRetry();
      open();
    },
    stop: () => {
      const own = abort;
      abort = undefined;
      own?.abort();
      cancelRetry?.();
      cancelSilence?.();
      cancelRetry = undefined;
    },
  };
};
