import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TileDefinition } from "../board/board-definition.ts";
import type { BoardContext } from "./board-context.ts";
import { noCelebration, parseBoard } from "./board-lines.ts";
import { boardText } from "./board-yaml.ts";

/** Whether a tile could stand on a board, by writing it and reading it back; else the reasons, in phrases. */
export const checkTile = (
  tile: TileDefinition,
  context: BoardContext,
): Either<ReadonlyArray<string>, TileDefinition> => {
  const place = { ...tile.place, column: 0, row: 0 };
  const board = { id: "preview", title: "preview", theme: "auto", celebrate: noCelebration } as const;
  const read = parseBoard("preview", boardText({ ...board, tiles: [{ ...tile, place }] }, context), context);
  if (isLeft(read))
    return left(
      read.left.map(
        ({ path, expected, found }) => `${path.replace("tiles[0].", "")}: expected ${expected}, found ${found}`,
      ),
    );
  const [checked] = read.right.tiles;
  return checked === undefined ? left(["expected a tile, found none"]) : right(checked);
};
