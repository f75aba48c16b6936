import type { WallFrame } from "./board/wall-frame.ts";
import type { BoardSource, WallSource } from "./board-source.ts";
import { type BoardStream, type BoardStreamSettings, createBoardStream } from "./board-stream.ts";
import type { Timer } from "./frame-pacer.ts";
import type { StreamClient, StreamSocket } from "./stream-client.ts";

/** One watcher, as its connection sees it. */
export interface Watching extends Pick<StreamClient, "drained" | "end"> {
  /** The connection is gone. */
  readonly leave: () => void;
}

export interface BoardStreams {
  readonly has: (boardId: string) => boolean;
  /** Undefined where there is no such board. */
  readonly connect: (boardId: string, socket: StreamSocket, lastEventId: string | null) => Watching | undefined;
  readonly snapshot: (boardId: string) => WallFrame | undefined;
  readonly watchers: () => number;
  /** Frames sent to all watchers of all boards since the start. */
  readonly framesPushed: () => number;
  /** Boards that are held right now. */
  readonly held: () => number;
  readonly close: () => void;
}

/** What nobody has watched for this long is forgotten: until then a page that comes back misses nothing. */
const keptForMs = 60_000;

interface Held {
  readonly source: BoardSource;
  readonly stream: BoardStream;
  cancelDrop: (() => void) | undefined;
}

/** All boards that somebody watches, or did a moment ago: one state and one stream for each. */
export const createBoardStreams = (wall: WallSource, settings: BoardStreamSettings, timer: Timer): BoardStreams => {
  const boards = new Map<string, Held>();
  let opened = 0;
  let framesBefore = 0;

  const drop = (boardId: string, held: Held): void => {
    if (boards.get(boardId) === held) boards.delete(boardId);
    held.cancelDrop?.();
    framesBefore += held.stream.framesPushed();
    held.stream.close();
    held.source.end();
  };
  const open = (boardId: string): Held | undefined => {
    const known = boards.get(boardId);
    if (known !== undefined) return known;
    const source = wall.open(boardId);
    if (source === undefined) return undefined;
    opened += 1;
    // Revisions begin anew with every state: an event id of an earlier one must not be taken for one of this.
    const stream = createBoardStream(source, { ...settings, epoch: `${settings.epoch}-${opened}` }, timer);
    const held: Held = { source, stream, cancelDrop: undefined };
    boards.set(boardId, held);
    return held;
  };
  /** Begins to wait for somebody to come back. */
  const rest = (boardId: string, held: Held): void => {
    held.cancelDrop?.();
    if (held.stream.watchers() > 0) return;
    held.cancelDrop = timer.after(keptForMs, () => drop(boardId, held));
  };
  const values = (): ReadonlyArray<Held> => [...boards.values()];

  return {
    has: wall.has,
    connect: (boardId, socket, lastEventId) => {
      const held = open(boardId);
      const client = held?.stream.connect(socket, lastEventId);
      if (held === undefined || client === undefined) {
        if (held !== undefined) drop(boardId, held);
        return undefined;
      }
      held.cancelDrop?.();
      const leave = (): void => {
        held.stream.disconnect(client);
        if (boards.get(boardId) === held) rest(boardId, held);
      };
      return { drained: client.drained, end: client.end, leave };
    },
    snapshot: (boardId) => {
      const held = open(boardId);
      if (held === undefined) return undefined;
      const frame = held.stream.snapshot();
      if (frame === undefined) drop(boardId, held);
      else rest(boardId, held);
      return frame;
    },
    watchers: () => values().reduce((sum, { stream }) => sum + stream.watchers(), 0),
    framesPushed: () => values().reduce((sum, { stream }) => sum + stream.framesPushed(), framesBefore),
    held: () => boards.size,
    close: () => {
      for (const [boardId, held] of boards) drop(boardId, held);
    },
  };
};
