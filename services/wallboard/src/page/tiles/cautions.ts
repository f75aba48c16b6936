import type { TileData } from "../../board/tile-data.ts";
import { plainWords } from "../reader/catalogue-names.ts";
import type { Texts } from "../texts/texts.ts";

/** Why there is no value, and the catalogue's cautions, in words; one that the page does not know reads as it is written. */
export const cautionsOf = ({ reason, flags }: Pick<TileData, "reason" | "flags">, texts: Texts): string[] =>
  [...new Set([...(reason === undefined ? [] : [reason]), ...flags])].map(
    (flag) => texts.flags[flag] ?? plainWords(flag),
  );
