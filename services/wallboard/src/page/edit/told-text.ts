import type { TileDefinition } from "../../board/board-definition.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { titleOf } from "../tiles/tile-title.ts";
import type { EditTexts } from "./edit-texts.ts";
import type { Told } from "./editor-session.ts";

/** A tile's place as people count: from 1. */
export const placeWords = ({ place }: TileDefinition): Readonly<Record<string, string>> => ({
  column: String(place.column + 1),
  row: String(place.row + 1),
  columns: String(place.columns),
  rows: String(place.rows),
});

/** What a screen reader says of what was done. */
export const toldText = (told: Told | null, reader: Reader, words: EditTexts): string => {
  if (told === null) return "";
  if ("tile" in told)
    return fill(words[told.kind], { title: titleOf(told.tile, reader).title, ...placeWords(told.tile) });
  return words[told.kind];
};
