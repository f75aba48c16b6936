/** The half of a response that a stream needs; `http.ServerResponse` has it. */
export interface StreamSocket {
  readonly write: (bytes: Buffer | string) => boolean;
  /** True from a `write` that found the buffer full until it has drained. */
  readonly writableNeedDrain: boolean;
  readonly end: () => unknown;
  readonly destroy: () => unknown;
}

/** What a client misses, ready to send, and the revision it has then. */
export interface EncodedFrame {
  readonly bytes: Buffer;
  readonly revision: number;
}

export interface StreamClient {
  /** Sends what the client misses, unless its socket is full: then it is asked again once that has drained. */
  readonly offer: () => void;
  /** Keeps the connection open and proves that it is; gives up on a socket that has been full for too long. */
  readonly beat: (nowMs: number) => void;
  readonly drained: () => void;
  readonly end: () => void;
}

/**
 * One watcher of the board. What waits for a slow one is its socket's buffer and at most one frame above it: nothing is
 * queued here, and when the socket has drained the client skips to the newest state.
 */
export const createStreamClient = (
  socket: StreamSocket,
  since: number | null,
  frameSince: (since: number | null) => EncodedFrame | null,
  stallLimitMs: number,
): StreamClient => {
  let sent = since;
  let fullSinceMs: number | null = null;
  const offer = (): void => {
    if (socket.writableNeedDrain) return;
    const frame = frameSince(sent);
    if (frame === null) return;
    sent = frame.revision;
    socket.write(frame.bytes);
  };
  return {
    offer,
    beat: (nowMs) => {
      if (!socket.writableNeedDrain) {
        fullSinceMs = null;
        socket.write(": beat\n\n");
        return;
      }
      fullSinceMs ??= nowMs;
      if (nowMs - fullSinceMs >= stallLimitMs) socket.destroy();
    },
    drained: () => {
      fullSinceMs = null;
      offer();
    },
    end: () => void socket.end(),
  };
};
