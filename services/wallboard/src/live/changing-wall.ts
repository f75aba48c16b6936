import type { BoardNow, BoardSource, WallSource } from "../board-source.ts";

type Listener = () => void;

/** A board of whichever wall stands now: whoever listens goes on listening when another takes its place. */
class ChangingBoard implements BoardSource {
  private readonly onEnd: () => void;
  private readonly listeners = new Map<Listener, () => void>();
  private source: BoardSource | undefined;

  constructor(source: BoardSource, onEnd: () => void) {
    this.source = source;
    this.onEnd = onEnd;
  }

  now = (): BoardNow | undefined => this.source?.now();
  events: BoardSource["events"] = (sinceSeq) => this.source?.events(sinceSeq) ?? [];
  celebrations: BoardSource["celebrations"] = () => this.source?.celebrations() ?? [];

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.set(listener, this.source?.subscribe(listener) ?? (() => undefined));
    return () => {
      this.listeners.get(listener)?.();
      this.listeners.delete(listener);
    };
  };

  end = (): void => {
    this.source?.end();
    this.onEnd();
  };

  /** Shows what another source says from here on; undefined: the board is gone. */
  change(next: BoardSource | undefined): void {
    const former = this.source;
    this.source = next;
    for (const [listener, end] of this.listeners) {
      end();
      this.listeners.set(listener, next?.subscribe(listener) ?? (() => undefined));
    }
    former?.end();
    for (const listener of [...this.listeners.keys()]) listener();
  }
}

/** A wall whose numbers may come from other ones at any moment: all boards change together, and streams go on. */
export class ChangingWall implements WallSource {
  private readonly opened = new Map<ChangingBoard, string>();
  private wall: WallSource;

  constructor(wall: WallSource) {
    this.wall = wall;
  }

  has: WallSource["has"] = (boardId) => this.wall.has(boardId);
  preview: WallSource["preview"] = (tile) => this.wall.preview(tile);

  open = (boardId: string): BoardSource | undefined => {
    const source = this.wall.open(boardId);
    if (source === undefined) return undefined;
    const board: ChangingBoard = new ChangingBoard(source, () => void this.opened.delete(board));
    this.opened.set(board, boardId);
    return board;
  };

  change(next: WallSource): void {
    this.wall = next;
    for (const [board, boardId] of [...this.opened]) board.change(next.open(boardId));
  }
}
