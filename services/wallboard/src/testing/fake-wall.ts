import { readdirSync, readFileSync } from "node:fs";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { BoardDefinition } from "../board/board-definition.ts";
import { parseBoard } from "../board-file/board-lines.ts";
import type { BoardNow } from "../board-source.ts";
import { createInventedWall, type InventedWall } from "./invented-wall.ts";

const folder = new URL("../../boards/", import.meta.url);

/** The boards that come with the product. */
const builtInBoards = (): ReadonlyArray<BoardDefinition> =>
  readdirSync(folder)
    .filter((name) => name !== "slideshows.yaml")
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, folder), "utf8");
      const board = parseBoard(name.replace(".yaml", ""), text, { catalogue, currency: "EUR" });
      if (board._tag === "Left") throw new Error(`the built-in board ${name} cannot be read`);
      return board.right;
    });

/** The invented company behind the built-in boards, without files. */
export interface FakeWall extends InventedWall {
  /** A board's file has another content, or is gone. */
  readonly setBoard: (id: string, board: BoardDefinition | undefined, etag: string) => void;
  /** How many boards were let go. */
  readonly ended: () => number;
}

export const createFakeWall = (startMs: number): FakeWall => {
  const boards = new Map<string, Pick<BoardNow, "board" | "etag">>(
    builtInBoards().map((board) => [board.id, { board, etag: '"1"' }]),
  );
  const wall = createInventedWall(() => boards, startMs);
  let ended = 0;
  return {
    ...wall,
    open: (id) => {
      const source = wall.open(id);
      return (
        source && {
          ...source,
          end: () => {
            ended += 1;
          },
        }
      );
    },
    setBoard: (id, board, etag) => {
      if (board === undefined) boards.delete(id);
      else boards.set(id, { board, etag });
      wall.announce();
    },
    ended: () => ended,
  };
};
