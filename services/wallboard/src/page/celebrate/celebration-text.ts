import type { BoardDefinition } from "../../board/board-definition.ts";
import type { CelebrationEvent } from "../../board/wall-frame.ts";
import { formatMoney } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { titleOf } from "../tiles/tile-title.ts";

export interface CelebrationText {
  readonly text: string;
  /** Of a win. */
  readonly amount: string;
}

/** What is celebrated, in words; a target by the name of its tile. */
export const celebrationText = (
  event: CelebrationEvent,
  board: BoardDefinition | undefined,
  reader: Reader,
): CelebrationText => {
  const { locale, texts } = reader;
  if (event.kind === "target") {
    const tile = board?.tiles.find(({ id }) => id === event.tile);
    const title = tile === undefined ? event.tile : titleOf(tile, reader).title;
    return { text: fill(texts.celebration.reached, { title }), amount: "" };
  }
  const { owner: rep, deal, amountMinor, currency } = event;
  const words = rep === "" ? texts.celebration.wonAlone : texts.celebration.won;
  return { text: fill(words, { rep, deal }), amount: formatMoney(amountMinor, currency, locale) };
};
