import { type ComponentChild, h } from "preact";
import type { TileDefinition, TileType } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import type { Reader } from "../reader/reader.ts";
import type { BoardSignals, DataOf, DefinitionOf, TileBody } from "./tile-body.ts";

/** Draws the body of a tile whose type is known only now; null where the data belong to another type. */
type AnyTileBody = (definition: TileDefinition, data: TileData, reader: Reader, board: BoardSignals) => ComponentChild;

const bodyOf = <Type extends TileType>(type: Type, body: TileBody<Type>): AnyTileBody => {
  const isOwnDefinition = (found: TileDefinition): found is DefinitionOf<Type> => found.type === type;
  const isOwnData = (found: TileData): found is DataOf<Type> => found.type === type;
  return (definition, data, reader, board) =>
    isOwnDefinition(definition) && isOwnData(data) ? h(body, { definition, data, reader, board }) : null;
};

/** What draws which type of tile: one line each. */
export const tileBodies: Readonly<Partial<Record<TileType, AnyTileBody>>> = {
};
