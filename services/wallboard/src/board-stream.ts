import type { WallFrame } from "./board/wall-frame.ts";
import type { BoardSource } from "./board-source.ts";
import { createBoardState } from "./board-state.ts";
import { createFramePacer, type Timer } from "./frame-pacer.ts";
import { createStreamClient, type EncodedFrame, type StreamClient, type StreamSocket } from "./stream-client.ts";

export interface BoardStreamSettings {
  /** The build of the page that this server serves. */
  readonly build: string;
  /** Names this board's state in this process: an event id of another one means nothing here and is answered with a snapshot. */
  readonly epoch: string;
  /** At most one frame in this time. */
  readonly frameMs: number;
  readonly heartbeatMs: number;
  /** A socket full for this long is closed; its page comes back by itself. */
  readonly stallLimitMs: number;
}

export interface BoardStream {
  /**
   * Adds a watcher that has seen `lastEventId` (null: nothing). The caller has sent the response's head. Undefined where
   * the board is gone.
   */
  readonly connect: (socket: StreamSocket, lastEventId: string | null) => StreamClient | undefined;
  readonly disconnect: (client: StreamClient) => void;
  readonly watchers: () => number;
  /** Frames sent to all watchers since the start. */
  readonly framesPushed: () => number;
  /** The whole board as it is now; undefined where it is gone. */
  readonly snapshot: () => WallFrame | undefined;
  readonly close: () => void;
}

const encode = (epoch: string, revision: number, frame: WallFrame): Buffer =>
  Buffer.from(`id: ${epoch}.${revision}\nevent: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`);

/** The revision in an event id of this epoch; null for any other text. */
export const revisionOf = (epoch: string, lastEventId: string | null): number | null => {
  if (lastEventId === null || !lastEventId.startsWith(`${epoch}.`)) return null;
  const digits = lastEventId.slice(epoch.length + 1);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
};

/**
 * Pushes one board to all its watchers. The source is read once per frame for everyone, a frame is encoded once for
 * all clients that have seen the same, and without a watcher the source is neither read nor subscribed to. When the
 * board is taken away its streams end.
 */
export const createBoardStream = (source: BoardSource, settings: BoardStreamSettings, timer: Timer): BoardStream => {
  const state = createBoardState(settings.build);
  const clients = new Set<StreamClient>();
  const encoded = new Map<number | null, EncodedFrame>();
  let unsubscribe: (() => void) | undefined;
  let cancelBeat: (() => void) | undefined;
  let framesPushed = 0;
  let readAtMs = Number.NEGATIVE_INFINITY;

  /** Returns whether the board is still there. */
  const refresh = (): boolean => {
    const nowMs = timer.nowMs();
    readAtMs = nowMs;
    // Even unchanged: a frame says when it was made, and the page sets its clock by that.
    encoded.clear();
    const now = source.now();
    if (now !== undefined) state.update(now, source.events, source.celebrations(), nowMs);
    return now !== undefined;
  };
  const frameSince = (since: number | null): EncodedFrame | null => {
    const known = encoded.get(since);
    if (known !== undefined) return known;
    const frame = state.frameSince(since, timer.nowMs());
    if (frame === null) return null;
    const made = { bytes: encode(settings.epoch, state.revision(), frame), revision: state.revision() };
    encoded.set(since, made);
    return made;
  };
  const pushedSince = (since: number | null): EncodedFrame | null => {
    const frame = frameSince(since);
    if (frame !== null) framesPushed += 1;
    return frame;
  };
  const pacer = createFramePacer(settings.frameMs, timer, () => {
    if (!refresh()) return close();
    for (const client of clients) client.offer();
  });
  const beat = (): void => {
    for (const client of clients) client.beat(timer.nowMs());
    cancelBeat = timer.after(settings.heartbeatMs, beat);
  };
  const rest = (): void => {
    unsubscribe?.();
    cancelBeat?.();
    pacer.stop();
    unsubscribe = undefined;
    cancelBeat = undefined;
  };
  const close = (): void => {
    rest();
    for (const client of clients) client.end();
    clients.clear();
  };
  return {
    connect: (socket, lastEventId) => {
      // Many that come at once are one reading: what changes meanwhile is a frame that follows.
      const isRead = clients.size > 0 && Math.abs(timer.nowMs() - readAtMs) < settings.frameMs;
      if (!isRead && !refresh()) return undefined;
      if (clients.size === 0) {
        unsubscribe = source.subscribe(pacer.request);
        cancelBeat = timer.after(settings.heartbeatMs, beat);
      }
      const since = revisionOf(settings.epoch, lastEventId);
      const client = createStreamClient(socket, since, pushedSince, settings.stallLimitMs);
      clients.add(client);
      client.offer();
      return client;
    },
    disconnect: (client) => {
      if (clients.delete(client) && clients.size === 0) rest();
    },
    watchers: () => clients.size,
    framesPushed: () => framesPushed,
    snapshot: () => (refresh() ? (state.frameSince(null, timer.nowMs()) ?? undefined) : undefined),
    close,
  };
};
